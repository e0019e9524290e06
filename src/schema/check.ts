import * as v from 'valibot';
import { refuse } from '../core/errors';
import { isObject, nameOf } from '../core/values';

/** How a refusal speaks: in whose words, and under which code. */
type Wording = { names?: Names; code?: string };

/**
 * Checks a value by its schema and refuses it with what is wrong, where and
 * what to do. `at` is the name that the job writer knows the value by.
 */
export function check<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  at: string,
  { names = {}, code = 'INVALID_MESSAGE' }: Wording = {},
): asserts value is v.InferOutput<Schema> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return;
  refuse(code, ...describeIssue(result.issues[0], at, names));
}

/** What a schema can be made of, as far as this file reads it. */
type Part = {
  type?: string;
  pipe?: readonly Part[];
  wrapped?: Part;
  entries?: Record<string, Part>;
  item?: Part;
  getter?: (value: unknown) => Part;
  metadata?: { isId?: boolean };
};

/** A schema with all of its pipes taken together. */
type Shape = Pick<Part, 'entries' | 'item' | 'getter'> & { isId?: boolean };

const shapes = new WeakMap<Part, Shape>();

/**
 * A value in the form that its schema describes: a field that is null is left out, and an
 * ID that is a number becomes text. What the schema says nothing of, such as the
 * data of a flow, stays as it is.
 */
export const coerce = (schema: v.GenericSchema, value: unknown): unknown =>
  coerceWithin(schema, value);

function coerceWithin(schema: Part, value: unknown): unknown {
  const { entries, item, getter, isId } = shapeOf(schema);
  if (getter) return coerceWithin(getter(value), value);
  if (item && Array.isArray(value)) return coerceList(item, value);
  if (entries && isObject(value)) return coerceFields(value, entries);
  return isId && isWholeId(value) ? String(value) : value;
}

function coerceList(item: Part, list: unknown[]): unknown[] {
  const changed = list.map(inner => coerceWithin(item, inner));
  return changed.every((inner, index) => inner === list[index])
    ? list
    : changed;
}

/** The same object when nothing changes in it. */
function coerceFields(
  value: Record<string, unknown>,
  entries: Record<string, Part>,
): unknown {
  let isSame = true;
  const fields: [string, unknown][] = [];
  for (const [name, fieldValue] of Object.entries(value)) {
    const field = Object.hasOwn(entries, name) ? entries[name] : undefined;
    // One that is needed is refused by the check that follows.
    const isLeftOut =
      fieldValue === null && (!field || field.type === 'optional');
    const inner =
      field && !isLeftOut ? coerceWithin(field, fieldValue) : fieldValue;
    isSame &&= !isLeftOut && inner === fieldValue;
    if (!isLeftOut) fields.push([name, inner]);
  }
  return isSame ? value : Object.fromEntries(fields);
}

/** A number that lost no digits; others are refused by the check that follows. */
const isWholeId = (value: unknown) =>
  Number.isSafeInteger(value) && (value as number) >= 0;

function shapeOf(schema: Part): Shape {
  const cached = shapes.get(schema);
  if (cached) return cached;
  const shape: Shape = {};
  for (const { entries, item, getter, metadata } of flattenPipes(schema)) {
    if (entries) shape.entries = { ...shape.entries, ...entries };
    if (item) shape.item = item;
    if (getter) shape.getter = getter;
    if (metadata?.isId) shape.isId = true;
  }
  shapes.set(schema, shape);
  return shape;
}

const flattenPipes = ({ wrapped, pipe, ...part }: Part): Part[] =>
  wrapped ? flattenPipes(wrapped) : (pipe?.flatMap(flattenPipes) ?? [part]);

/** Options with IDs as text; a value that an option cannot have is refused. */
export function readOptionValues<Options extends object>(
  options: Options,
  schemas: Readonly<Record<string, v.GenericSchema>>,
): Options {
  let values = options as Record<string, unknown>;
  for (const [name, schema] of Object.entries(schemas)) {
    const option = values[name];
    if (option === undefined) continue;
    const value = coerce(schema, option);
    check(schema, value, name, { code: 'INVALID_OPTIONS' });
    if (value !== option) values = { ...values, [name]: value };
  }
  return values as Options;
}

const NOUNS: Record<string, string> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  custom: 'an object',
  union: 'a number or text',
};

/** What is wrong and what to do, of a value that the writer of the job knows as `at`. */
function describeIssue(
  issue: v.BaseIssue<unknown>,
  at: string,
  names: Names,
): readonly [description: string, fix: string] {
  const path = pathOf(issue);
  const where = renamePath(path, names) ?? at + path;
  return issue.kind === 'schema'
    ? describeMismatch(issue, where)
    : describeBrokenRule(issue, where);
}

/** A value of the wrong type, told without quoting it. */
function describeMismatch(issue: v.BaseIssue<unknown>, where: string) {
  const { input, type, expected } = issue;
  if (input === undefined) return describeMissing(where);
  const actual = Number.isNaN(input) ? 'not a number' : nameOf(input);
  if (type === 'picklist') {
    return [
      `${where} is ${actual === 'text' ? 'none of the words that it can be' : actual}.`,
      `Use ${(expected ?? '').replace(/^\(|\)$/g, '').replaceAll(' | ', ' or ')}.`,
    ] as const;
  }
  if (type === 'string' && typeof input === 'number') {
    return describeNumber(input, where);
  }
  const expectedName = NOUNS[type] ?? expected ?? 'something else';
  return [
    `${where} is ${actual}; it must be ${expectedName}.`,
    // The message of an object is the list of its fields.
    type === 'custom'
      ? `Write it as { ${issue.message} }.`
      : `Give ${where} as ${expectedName}.`,
  ] as const;
}

/** Of an ID, only a number that has lost digits, or never was one, comes here. */
const describeNumber = (input: number, where: string) =>
  Number.isInteger(input) && !Number.isSafeInteger(input)
    ? ([
        `${where} is a number too long to be exact: its last digits are lost.`,
        `Keep ${where} as text all the way, between quotes.`,
      ] as const)
    : ([
        `${where} is a number; it must be text.`,
        `Give ${where} as text.`,
      ] as const);

// What is missing is also told so when its object lacks the very field.
const describeMissing = (where: string) =>
  [
    `${where} is missing.`,
    `Add ${where}, or check the field of state that it comes from.`,
  ] as const;

/** A rule that does not hold: its message has both sentences. */
function describeBrokenRule(issue: v.BaseIssue<unknown>, where: string) {
  const [description = '', fix = ''] = issue.message.split('\n');
  return [`${where} ${description}.`, fix] as const;
}

function pathOf(issue: v.BaseIssue<unknown>): string {
  return (issue.path ?? [])
    .map(({ key }) =>
      typeof key === 'number' ? `[${key}]` : `.${String(key)}`,
    )
    .join('');
}

/**
 * The names that the caller knows the fields of a value by, when it was built
 * from other arguments: `'action.buttons[].reply': 'buttons[]'`. The first that
 * matches is taken; `[]` is any item of a list, an empty path everything else.
 */
export type Names = Readonly<Record<string, string>>;

/** A path such as `.body.text`, by the name that the caller knows it by. */
export function renamePath(path: string, names: Names): string | undefined {
  for (const [schemaPath, ownPath] of Object.entries(names)) {
    const match = patternOf(schemaPath).exec(path);
    if (!match) continue;
    const [matched, ...indexes] = match;
    const name = ownPath.replaceAll('[]', () => indexes.shift() ?? '');
    return name + path.slice(matched.length);
  }
  return undefined;
}

function patternOf(schemaPath: string): RegExp {
  const dotted = /^[^[]/.test(schemaPath) ? `.${schemaPath}` : schemaPath;
  const escaped = dotted.replaceAll(/[.[\]]/g, '\\$&');
  const indexed = escaped.replaceAll('\\[\\]', '(\\[\\d+\\])');
  return new RegExp(`^${indexed}(?![^.[])`);
}
