import * as v from 'valibot';
import { refuse } from '../core/errors';
import { isDate, isObject, nameOf } from '../core/values';
import { describeIssue } from './describe-issue';
import type { Names } from './describe-issue';

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
  const [issue] = result.issues;
  const { input } = issue;
  const actual = Number.isNaN(input) ? 'not a number' : nameOf(input);
  refuse(code, ...describeIssue(issue, actual, at, names));
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

// What goes out must be what the job gave: JSON would drop a Map, write null
// for a calculation that failed, and send half a character that nobody can read.

/** A value as JSON, or an error when JSON would change it. */
export function toJson(value: unknown): string {
  checkJson(value);
  return JSON.stringify(value);
}

function checkJson(value: unknown): void {
  if (typeof value === 'string') return checkText(value);
  if (typeof value === 'number') {
    return Number.isFinite(value) ? undefined : refuseValue('not a number');
  }
  if (Array.isArray(value)) return value.forEach(checkJson);
  if (isObject(value)) {
    for (const name of Object.keys(value)) {
      checkText(name);
      checkJson(value[name]);
    }
    return;
  }
  if (isWritable(value)) return;
  refuseValue(nameOf(value));
}

const SIMPLE = ['boolean', 'undefined'];

/** What JSON writes by itself, such as true, or what says how it is written: a Date. */
const isWritable = (value: unknown) =>
  value === null ||
  SIMPLE.includes(typeof value) ||
  (isDate(value) && !Number.isNaN(value.getTime()));

function refuseValue(what: string): never {
  return refuse(
    'INVALID_ARGUMENT',
    `The request holds a value that is ${what === 'a number' ? 'a BigInt' : what}, which JSON cannot write.`,
    'Write it as text, and check the field of state or the calculation that it comes from.',
  );
}

/** Refuses text with half of a character in it, as `slice` leaves when it cuts an emoji. */
export function checkText(text: string): void {
  if (text.isWellFormed()) return;
  refuse(
    'INVALID_TEXT',
    'A text holds half of a character, such as an emoji that was cut in two.',
    "Cut texts by whole characters, as in [...text].slice(0, 60).join(''), not with slice or substring.",
  );
}
