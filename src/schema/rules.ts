import * as v from 'valibot';
import { hasAtMost, isFilled, isObject, lengthOf } from '../core/values';

// What schemas are made of. A rule is checked, and it is documented: its
// summary stands in its metadata.

/** A sentence on what is wrong and one on what to do, as valibot carries them. */
export const problem = (description: string, fix: string): string =>
  `${description}\n${fix}`;

/** Text that is not empty, of at most `max` characters. */
export const text = (max = Infinity) =>
  v.pipe(
    v.string(),
    v.check(
      isFilled,
      problem('is empty', 'Write some text, or check the field it comes from.'),
    ),
    v.check(hasAtMost(max), issue =>
      problem(
        `has ${lengthOf(issue.input)} characters; at most ${max} are allowed`,
        'Shorten it.',
      ),
    ),
    v.metadata(
      max === Infinity
        ? { summary: 'text' }
        : { summary: `text, at most ${max}`, max },
    ),
  );

/** An ID or a token: text, for which a number that lost no digits is taken too (`coerce` makes text of it). */
export const id = (max?: number) =>
  v.pipe(text(max), v.metadata({ isId: true })) as unknown as v.GenericSchema<
    string | number,
    string
  >;

/** Text that may be empty. */
export const anyText = () =>
  v.pipe(v.string(), v.metadata({ summary: 'text' }));

const address = (pattern: RegExp, name: string, fix: string) =>
  v.pipe(
    text(),
    v.check(value => pattern.test(value), problem(`is not an ${name}`, fix)),
    v.metadata({ summary: name }),
  );

/** An address that has to be https. */
export const httpsLink = () =>
  address(
    /^https:\/\/[^\s/]+/i,
    'https address',
    'Give a public address that begins with https://.',
  );

/** An address on the web, http or https. */
export const webLink = () =>
  address(
    /^https?:\/\/[^\s/]+/i,
    'address of the web',
    'Give an address that begins with https://.',
  );

/** Any object, with or without fields; what stands in it is not checked. */
export const anyObject = () => v.custom<Record<string, unknown>>(isObject, '…');

/** An object with these fields; others pass through. */
export const object = <const Fields extends v.ObjectEntries>(fields: Fields) =>
  // Valibot takes a list for an object, so what an object is stands in front.
  v.pipe(
    v.custom<v.InferInput<v.LooseObjectSchema<Fields, undefined>>>(
      isObject,
      Object.keys(fields).join(', '),
    ),
    v.looseObject(fields),
  ) as unknown as v.LooseObjectSchema<Fields, undefined>;

/** A field that may be left out. */
export const optional = <const Schema extends v.GenericSchema>(
  schema: Schema,
) => v.optional(schema);

/** One of a few words. */
export const oneOf = <const Words extends readonly [string, ...string[]]>(
  ...words: Words
) =>
  v.pipe(
    v.picklist(words),
    v.metadata({ summary: words.map(word => `\`${word}\``).join(' or ') }),
  );

export const boolean = () =>
  v.pipe(v.boolean(), v.metadata({ summary: 'true or false' }));

/** A whole number from `min` to `max`. */
export const wholeNumber = (min: number, max = Infinity) => {
  const summary =
    max === Infinity
      ? `a whole number of at least ${min}`
      : `a whole number from ${min} to ${max}`;
  return v.pipe(
    v.number(),
    v.check(
      value => Number.isInteger(value) && value >= min && value <= max,
      problem(`is not ${summary}`, `Give ${summary}.`),
    ),
    v.metadata({ summary }),
  );
};

/** A number of at least `min`, whole or not. */
export const numberAtLeast = (min: number) => {
  const summary = `a number of at least ${min}`;
  return v.pipe(
    v.number(),
    v.check(
      value => Number.isFinite(value) && value >= min,
      problem(`is not ${summary}`, `Give ${summary}.`),
    ),
    v.metadata({ summary }),
  );
};

/** Decimal degrees up to `max`, as a number or as its text. */
export const degrees = (max: number) =>
  v.pipe(
    v.union([v.number(), v.string()]),
    v.check(
      value => isDecimal(value) && Math.abs(Number(value)) <= max,
      problem(
        `is not a number between -${max} and ${max}`,
        'Give it in degrees with a decimal point, as in -1.2921.',
      ),
    ),
    v.metadata({ summary: `degrees from -${max} to ${max}, number or text` }),
  );

// `Number` alone would take an empty text for 0, and '0x10' for 16.
const isDecimal = (value: string | number) =>
  typeof value === 'number' || /^[+-]?\d+(\.\d+)?$/.test(value);

/** A list of `min` to `max` items. */
export const list = <const Item extends v.GenericSchema>(
  item: Item,
  min: number,
  max: number,
) =>
  v.pipe(
    v.array(item),
    v.check(
      items => items.length >= min && items.length <= max,
      issue => {
        const { length } = issue.input;
        return problem(
          `has ${length} ${length === 1 ? 'item' : 'items'}; ${min} to ${max} are allowed`,
          length > max
            ? 'Leave some out, or send them in a second message.'
            : 'Add what is missing.',
        );
      },
    ),
    v.metadata({ summary: `list of ${min} to ${max}`, maxItems: max }),
  );

/** A list of any length. */
export const anyList = <const Item extends v.GenericSchema>(item: Item) =>
  v.array(item);

/** A rule: its summary for the documentation, its check, and what an error says and tells to do. */
export type Rule = {
  summary: string;
  isValid: (value: never) => boolean;
  message: string;
  fix: string;
};

/** A schema with further rules, for instance about several fields at once. */
export const withRules = <Schema extends v.GenericSchema>(
  schema: Schema,
  ...rules: Rule[]
): Schema =>
  // Valibot cannot type a pipe over a schema that is still a type parameter.
  rules.reduce<v.GenericSchema>(
    (piped, { summary, isValid, message, fix }) =>
      v.pipe(
        piped,
        v.check(value => isValid(value as never), problem(message, fix)),
        v.metadata({ summary }),
      ),
    schema,
  ) as unknown as Schema;

type Schemas = Record<string, v.GenericSchema>;
type AnyOf<Types extends Schemas> = v.GenericSchema<
  v.InferInput<Types[keyof Types]>
>;

/** An object whose `type` decides what else it holds; no other type exists. */
export const variant = <Types extends Schemas>(types: Types) =>
  variantOf(types, object({ type: oneOf(...typesOf(types)) }));

/** The same; but an unknown type passes. */
export const openVariant = <Types extends Schemas>(types: Types) =>
  variantOf(types, object({ type: text() }));

function variantOf<Types extends Schemas>(
  types: Types,
  fallback: v.GenericSchema,
): AnyOf<Types> {
  const schemaOf = (value: unknown) => {
    const type = isObject(value) ? value['type'] : undefined;
    return typeof type === 'string' && Object.hasOwn(types, type)
      ? types[type]
      : undefined;
  };
  return v.pipe(
    v.lazy(value => schemaOf(value) ?? fallback),
    v.metadata({ summary: `by type: ${Object.keys(types).join(', ')}`, types }),
  );
}

const typesOf = (types: Schemas) => Object.keys(types) as [string, ...string[]];
