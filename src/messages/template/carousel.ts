import { isObject, nameOf, withoutNulls } from '../../core/values';
import { coerce } from '../../schema/check';
import { LIMITS } from '../limits';
import { buttonsOf } from './buttons';
import { cards } from './carousel-component';
import type { Part } from './component';
import { headerOf } from './header';
import { checkTemplate, refuseTemplate } from './refuse';
import { refuseUnknown } from './typed';
import { bodyOf } from './values';

const { cards: most, body: longest } = LIMITS.carousel;

type Card = Record<string, unknown>;

/** The cards: in plain arguments, or as Meta writes them. */
export function carouselOf(carousel: unknown): Part[] {
  if (carousel === undefined || carousel === null) return [];
  if (!Array.isArray(carousel)) {
    return refuseTemplate(
      `carousel is ${nameOf(carousel)}, not a list.`,
      'Give a list with one item for each card of the template, as in [{ header: { image: { id: … } }, body: [ … ] }].',
    );
  }
  if (carousel.length > most) {
    refuseTemplate(
      `carousel has ${carousel.length} items; a template has at most ${most} cards.`,
      'Give one item for each card of the template, in its order.',
    );
  }
  const made = coerce(cards, Array.from(carousel, cardOf));
  checkTemplate(cards, made, 'carousel');
  return [{ type: 'carousel', cards: made }];
}

function cardOf(given: unknown, index: number): Card {
  const at = `carousel[${index}]`;
  if (!isObject(given)) {
    return refuseTemplate(
      `${at} is ${nameOf(given)}; it must be an object.`,
      'Give it as { header, body, buttons }, each as far as the template needs it.',
    );
  }
  const card = withoutNulls(given);
  if (card['components'] !== undefined) {
    refuseUnknown(card, ['card_index', 'components'], at);
    return { ...card, card_index: card['card_index'] ?? index };
  }
  refuseUnknown(card, ['header', 'body', 'buttons'], at);
  return { card_index: index, components: partsOf(card, at) };
}

const partsOf = ({ header, body, buttons }: Card, at: string): Part[] => [
  ...headerOf(header, `${at}.header`),
  ...bodyOf(body, {
    owner: at,
    path: `${at}.body`,
    max: longest,
  }),
  ...buttonsOf(buttons, `${at}.buttons`),
];
