import { unique } from '../../schema/constraints';
import {
  anyList,
  list,
  object,
  oneOf,
  openVariant,
  optional,
  text,
  webLink,
  wholeNumber,
  withRules,
} from '../../schema/rules';
import type { Rule } from '../../schema/rules';
import { bodyComponent, headerComponent, maxCharactersInAll } from './fields';
import { defineKind } from './kind';
import { LIMITS } from './limits';
import { buttonComponent } from './template/buttons';
import { examples } from './template/examples';

// What WhatsApp tells templates apart by.

const noSpace: Rule = {
  summary: 'no space',
  isValid: (name: string) => !/\s/.test(name),
  message: 'has a space in it, which no name of a template has',
  fix: 'Copy the name from WhatsApp Manager, as in visit_reminder.',
};

const underscores: Rule = {
  summary: 'as in en_US or sw',
  isValid: (code: string) => /^[A-Za-z]+(_[A-Za-z0-9]+)*$/.test(code),
  message: 'is not a language as WhatsApp writes it',
  fix: 'Copy the language from WhatsApp Manager, as in en_US, with an underscore.',
};

export const templateName = withRules(text(LIMITS.template.name), noSpace);

export const languageCode = withRules(text(), underscores);

export const templateLanguage = object({
  code: languageCode,
  policy: optional(text()),
});

const { cards: maxCards, body } = LIMITS.carousel;

const card = object({
  card_index: wholeNumber(0, maxCards - 1),
  components: anyList(
    openVariant({
      header: headerComponent,
      body: bodyComponent(body),
      button: buttonComponent,
    }),
  ),
});

type Card = { card_index: number };

/** What fills the cards of a template. */
export const carouselCards = withRules(
  list(card, 1, maxCards),
  unique('card_index', (card: Card) => card.card_index),
);

const carouselComponent = object({
  type: oneOf('carousel'),
  cards: carouselCards,
});

export const limitedTimeOffer = object({ expiration_time_ms: wholeNumber(1) });

const offerComponent = object({
  type: oneOf('limited_time_offer'),
  parameters: optional(
    anyList(
      openVariant({
        limited_time_offer: object({
          type: oneOf('limited_time_offer'),
          limited_time_offer: limitedTimeOffer,
        }),
      }),
    ),
  ),
});

const tapTargetComponent = object({
  type: oneOf('tap_target_configuration'),
  parameters: optional(
    anyList(
      openVariant({
        tap_target_configuration: object({
          type: oneOf('tap_target_configuration'),
          tap_target_configuration: anyList(
            object({ url: webLink(), title: text() }),
          ),
        }),
      }),
    ),
  ),
});

type Component = { type: string; parameters?: unknown };

const besideOffer = maxCharactersInAll(LIMITS.template.bodyWithOffer);
const besideOthers = maxCharactersInAll(LIMITS.template.body);

/** An offer takes its room from the body. */
export const offerShortensBody: Rule = {
  summary: `a body of ${LIMITS.template.bodyWithOffer} beside an offer`,
  isValid: (components: readonly Component[]) =>
    !components.some(({ type }) => type === 'limited_time_offer') ||
    components.every(
      ({ type, parameters = [] }) =>
        type !== 'body' || besideOffer.isValid(parameters as never),
    ),
  message: `has a limited-time offer, and a body of more than ${LIMITS.template.bodyWithOffer} characters`,
  fix: 'Shorten the values.',
};

/** A body that is not alone has less room; what the template itself has beside it, only its definition tells. */
export const othersShortenBody: Rule = {
  summary: `a body of ${LIMITS.template.body} beside other components`,
  isValid: (components: readonly Component[]) =>
    components.every(
      ({ type, parameters = [] }) =>
        type !== 'body' ||
        components.length === 1 ||
        besideOthers.isValid(parameters as never),
    ),
  message: `has other components, and a body of more than ${LIMITS.template.body} characters`,
  fix: 'Shorten the values.',
};

/** What fills a template; a component that we do not know passes. */
export const components = withRules(
  anyList(
    openVariant({
      header: headerComponent,
      body: bodyComponent(LIMITS.template.bodyAlone, Infinity),
      button: buttonComponent,
      limited_time_offer: offerComponent,
      carousel: carouselComponent,
      tap_target_configuration: tapTargetComponent,
    }),
  ),
  offerShortensBody,
  othersShortenBody,
);

export const template = defineKind({
  summary:
    'An approved template with its values: the only kind that WhatsApp takes when the person has not written for 24 hours.',
  link: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview',
  schema: object({
    name: templateName,
    language: templateLanguage,
    components: optional(components),
  }),
  examples,
});
