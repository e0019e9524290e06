import { refuse } from '../../core/errors';
import { location as place } from '../location';
import { media } from '../media';
import type { Check, Field, Json } from '../rules';
import { byField, isObject, object, optional, unique } from '../rules';
import { asString, integer, lengthOf, matching, text, words } from '../values';

const BROKEN = /[\n\r\t]| {5}/;

/** Characters of a body with its values: beside other components, and alone. */
export const BODY = 1024;
export const BODY_ALONE = 32768;

/** What fills a gap in the text of a template. */
export const filling =
  (max = BODY_ALONE): Check =>
  (value, at) => {
    const given = asString(value, at);
    if (given.trim() === '') refuse(131008, `Param ${at} has no text value.`);
    if (BROKEN.test(given))
      refuse(
        132018,
        `Param ${at} cannot have new-line/tab characters or more than 4 consecutive spaces.`,
      );
    if (lengthOf(given) > max)
      refuse(132005, `Param ${at} must be at most ${max} characters long.`);
  };

/** A parameter of this type: its content stands under a key of the same name. */
export const typed = (type: string, content: Field, more = {}): Check =>
  object({ type: words(), [type]: content, ...more });

/** Parameters told apart by type; another type is a mismatch with the template. */
export const anyOf = (table: Record<string, Check>): Check =>
  byField('type', table, { code: 132012, anyCase: true });

const name = { parameter_name: optional(text()) };

const currency = object({
  fallback_value: filling(),
  code: matching(/^[A-Z]{3}$/, 'an ISO 4217 code'),
  amount_1000: integer(Number.MIN_SAFE_INTEGER),
});

const moment = object({ fallback_value: filling() });

export const bodyParameter = anyOf({
  text: typed('text', filling(), name),
  currency: typed('currency', currency, name),
  date_time: typed('date_time', moment, name),
});

const product = object({ product_retailer_id: text(), catalog_id: text() });

export const headerParameter = anyOf({
  text: typed('text', filling(60), name),
  image: typed('image', media()),
  video: typed('video', media()),
  document: typed('document', media({ filename: optional(text()) })),
  location: typed('location', place),
  product: typed('product', product),
});

/** Refuses values that make a body too long. */
export function checkLength(parameters: unknown, max: number, at: string) {
  const given = Array.isArray(parameters) ? parameters.filter(isObject) : [];
  const texts = given.flatMap(({ text }) =>
    typeof text === 'string' ? [text] : [],
  );
  if (lengthOf(texts.join('')) > max)
    refuse(132005, `Param ${at} must be at most ${max} characters long.`);
}

const distinctNames = unique((each: Json) => each.parameter_name, 'name');

/** A template counts its values or names them; it never does both. */
export const namedOrCounted: Check = (value, at) => {
  const given = value as Json[];
  const named = given.filter(each => each.parameter_name !== undefined);
  if (named.length && named.length < given.length)
    refuse(100, `Either all of ${at} have a parameter_name, or none.`);
  if (named.length) distinctNames(value, at);
};
