import * as v from 'valibot';
import { withoutFields } from '../../../schema/constraints';
import {
  anyList,
  id,
  lengthOf,
  object,
  oneOf,
  openVariant,
  optional,
  text,
  withRules,
} from '../../../schema/rules';
import type { Rule } from '../../../schema/rules';
import { LIMITS } from '../limits';
import { location } from '../location';
import { media } from '../media';

/** For texts that fill a template, which WhatsApp wants on one line. */
export const oneLine: Rule = {
  says: 'no line break, no tab, at most 4 spaces in a row',
  holds: (text: string) => !/[\n\v\f\r\t\u0085\u2028\u2029]| {5}/.test(text),
  wrong:
    'has a line break, a tab or more than 4 spaces in a row, which WhatsApp refuses',
  fix: 'Put one space in their place, or use sendTemplate, which does so.',
};

/** Text on one line: what is longer than a space becomes one, and none is outside. */
export const flatten = (text: string): string =>
  text.replace(/[\s\u0085]+/g, ' ').trim();

// What fills the header and the body of a template, by type.

const whole: Rule = {
  says: 'a whole number',
  holds: Number.isSafeInteger,
  wrong: 'is not a whole number',
  fix: 'Give the amount times 1000, rounded.',
};

const line = (max?: number) => withRules(text(max), oneLine);

const textParameter = (max: number) =>
  object({
    type: oneOf('text'),
    text: line(max),
    parameter_name: optional(text()),
  });

const withoutFilename = () => withRules(media({}), withoutFields('filename'));

export const headerParameters = (max: number) => ({
  text: textParameter(max),
  image: object({ type: oneOf('image'), image: withoutFilename() }),
  video: object({ type: oneOf('video'), video: withoutFilename() }),
  document: object({
    type: oneOf('document'),
    document: media({ filename: optional(text()) }),
  }),
  location: object({ type: oneOf('location'), location: location.schema }),
  product: object({
    type: oneOf('product'),
    product: object({ product_retailer_id: id(), catalog_id: id() }),
  }),
});

export const bodyParameters = (max: number) => ({
  text: textParameter(max),
  currency: object({
    type: oneOf('currency'),
    currency: object({
      fallback_value: line(),
      code: text(),
      amount_1000: withRules(v.number(), whole),
    }),
    parameter_name: optional(text()),
  }),
  date_time: object({
    type: oneOf('date_time'),
    date_time: object({ fallback_value: line() }),
    parameter_name: optional(text()),
  }),
});

// What fills the header and the body, of a template or of one of its cards.

const single: Rule = {
  says: 'one parameter',
  holds: (parameters: readonly unknown[]) => parameters.length <= 1,
  wrong: 'has several parameters; a header has one',
  fix: 'Keep one, and put the others into the body.',
};

export const headerComponent = object({
  type: oneOf('header'),
  parameters: optional(
    withRules(
      anyList(openVariant(headerParameters(LIMITS.template.header))),
      single,
    ),
  ),
});

type Parameters = readonly { type: string; text?: unknown }[];

/** For values that stand together in one body. */
export const maxCharactersInAll = (max: number): Rule => ({
  says: `at most ${max} characters in all`,
  holds: (parameters: Parameters) =>
    parameters.reduce((sum, parameter) => sum + lengthIn(parameter), 0) <= max,
  wrong: `has more than ${max} characters in all, which is the maximum`,
  fix: 'Shorten the values.',
});

const lengthIn = ({ type, text }: Parameters[number]) =>
  type === 'text' && typeof text === 'string' ? lengthOf(text) : 0;

/** A body of at most `max` characters, of which each value may have `each`. */
export const bodyComponent = (max: number, each = max) =>
  object({
    type: oneOf('body'),
    parameters: optional(
      withRules(
        anyList(openVariant(bodyParameters(each))),
        maxCharactersInAll(max),
      ),
    ),
  });
