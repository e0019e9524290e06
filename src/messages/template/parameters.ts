import * as v from 'valibot';
import { withoutFields } from '../../schema/constraints';
import { location } from '../kinds/location';
import { media } from '../kinds/media';
import {
  id,
  object,
  oneOf,
  optional,
  withRules,
  text,
} from '../../schema/rules';
import type { Rule } from '../../schema/rules';
import { oneLine } from './one-line';

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
