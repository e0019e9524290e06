import { coerce } from '../../../schema/check';
import { isObject, nameOf, withoutNulls } from '../../../core/values';
import { LIMITS } from '../../kinds/limits';
import { carouselCards } from '../../kinds/template';
import { buildButtonComponents } from './buttons';
import {
  checkTemplate,
  isGiven,
  refuseTemplate,
  refuseUnknownFields,
} from './fields';
import type { TemplatePart } from './fields';
import { buildBody, buildHeader } from './parameters';

const { cards: maxCards, body: maxBody } = LIMITS.carousel;

type Card = Record<string, unknown>;

/** The cards: in plain arguments, or as Meta writes them. */
export function buildCarousel(carousel: unknown): TemplatePart[] {
  if (!Array.isArray(carousel)) {
    return refuseTemplate(
      `carousel is ${nameOf(carousel)}, not a list.`,
      'Give a list with one item for each card of the template, as in [{ header: { image: { id: … } }, body: [ … ] }].',
    );
  }
  if (carousel.length > maxCards) {
    refuseTemplate(
      `carousel has ${carousel.length} items; a template has at most ${maxCards} cards.`,
      'Give one item for each card of the template, in its order.',
    );
  }
  const cards = coerce(carouselCards, Array.from(carousel, buildCard));
  checkTemplate(carouselCards, cards, 'carousel');
  return [{ type: 'carousel', cards }];
}

function buildCard(value: unknown, index: number): Card {
  const at = `carousel[${index}]`;
  if (!isObject(value)) {
    return refuseTemplate(
      `${at} is ${nameOf(value)}; it must be an object.`,
      'Give it as { header, body, buttons }, each as far as the template needs it.',
    );
  }
  const card = withoutNulls(value);
  if (card['components'] !== undefined) {
    refuseUnknownFields(card, ['card_index', 'components'], at);
    return { ...card, card_index: card['card_index'] ?? index };
  }
  refuseUnknownFields(card, ['header', 'body', 'buttons'], at);
  return { card_index: index, components: buildCardComponents(card, at) };
}

const buildCardComponents = (
  { header, body, buttons }: Card,
  at: string,
): TemplatePart[] => [
  ...buildHeader(header, `${at}.header`),
  ...buildBody(body, {
    owner: at,
    path: `${at}.body`,
    max: maxBody,
  }),
  ...(isGiven(buttons) ? buildButtonComponents(buttons, `${at}.buttons`) : []),
];
