import { AsyncLocalStorage } from 'node:async_hooks';
import * as v from 'valibot';
import { refuse } from '../core/errors';
import {
  isObject,
  isQuotable,
  nameOf,
  REQUEST_OPTIONS,
  withoutNulls,
} from '../core/values';
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

/** The options that operations have here unless they are given others. */
const defaults = new AsyncLocalStorage<Readonly<Record<string, unknown>>>();

/** Runs something in which the operations have these options, unless they are given others. */
export const withDefaultOptions = <T>(
  options: Readonly<Record<string, unknown>>,
  run: () => T,
): T =>
  // A storage in use slows down every promise of the process.
  Object.keys(options).length === 0 ? run() : defaults.run(options, run);

/**
 * The options as an object, or an error that names the unknown one: a typo
 * must not be ignored silently.
 */
export function readOptions<Options extends object>(
  options: unknown,
  optionNames: readonly string[],
): Options {
  if (options === undefined || options === null) {
    return withDefaults({}, optionNames) as Options;
  }
  if (!isObject(options)) {
    return refuse(
      'INVALID_OPTIONS',
      `The options are ${nameOf(options)}, not an object.`,
      `Write them as { ${optionNames[0]}: … }, as the last argument.`,
    );
  }
  const ownOptions = fieldsOf(options);
  const unknown = Object.keys(ownOptions).find(
    name => !optionNames.includes(name),
  );
  if (unknown === undefined)
    return withDefaults(ownOptions, optionNames) as Options;
  return refuse(
    'INVALID_OPTIONS',
    isQuotable(unknown)
      ? `There is no option '${unknown}'.`
      : 'The options have a name that no option has.',
    `Check its spelling; the options are ${[...optionNames, ...requestOptionNames(options)].join(', ')}.`,
  );
}

function fieldsOf(options: object): object {
  try {
    return withoutNulls(options);
  } catch {
    return refuse(
      'INVALID_OPTIONS',
      'The options cannot be read: a getter or a proxy in them fails.',
      'Write plain values: texts, numbers, lists and objects.',
    );
  }
}

const requestOptionNames = ({
  [REQUEST_OPTIONS]: names,
}: {
  [REQUEST_OPTIONS]?: readonly string[];
}) => names ?? [];

/** What a broadcast says for all its operations, as far as they know it. */
function withDefaults(options: object, optionNames: readonly string[]): object {
  const applicable = Object.entries(defaults.getStore() ?? {}).filter(
    ([name]) => optionNames.includes(name),
  );
  if (applicable.length === 0) return options;
  return { ...Object.fromEntries(applicable), ...options };
}

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
