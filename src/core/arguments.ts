import { AsyncLocalStorage } from 'node:async_hooks';
import type { State } from '../types';
import { refuse } from './errors';
import {
  bytesIn,
  ignoreRejection,
  isObject,
  isPlainObject,
  isQuotable,
  nameOf,
  REQUEST_OPTIONS,
  setOwn,
  withoutNulls,
} from './values';

// What a job gives to an operation: arguments, each of which may be a function of
// state, and the options that the last of them holds.

/** A text, and the function of state that gave it. */
export type ComputedText = { text: string; compute: (state: State) => unknown };

/** What JavaScript makes text of; core/missing.ts looks closer, which takes ten times as long. */
const MISSING = /undefined|\[object |Invalid Date|NaN|null/;
// Longer than any message: a file as text, which nobody looks through.
const MAX_TEXT = 40_000;

type Resolution = {
  state: State;
  /** What was copied before; a value that is under way is in it without a copy. */
  copies: Map<object, unknown>;
  /** Texts of functions in which a value may be missing. */
  computedTexts: ComputedText[];
};

const MAX_DEPTH = 500;
const MAX_LENGTH = 1_000_000;

/**
 * Replaces every function of state in `args`, at any depth, by its value. Lists
 * and plain objects are copied, text stays text, and everything else is handed
 * over as it is. An error of the job's own function stays what it is.
 */
export function resolve<Args extends unknown[]>(
  state: State,
  args: Args,
  computedTexts: ComputedText[] = [],
): Args {
  const copies = new Map<object, unknown>();
  const resolution = { state, copies, computedTexts };
  return args.map(arg => refuseMap(resolveValue(resolution, arg, 0))) as Args;
}

function resolveValue(
  resolution: Resolution,
  value: unknown,
  depth: number,
  compute?: ComputedText['compute'],
): unknown {
  if (typeof value === 'function') {
    checkDepth(depth);
    const result = (value as ComputedText['compute'])(resolution.state);
    return resolveValue(
      resolution,
      result,
      depth + 1,
      value as ComputedText['compute'],
    );
  }
  if (typeof value === 'string') {
    if (compute !== undefined && mayHaveMissing(value)) {
      resolution.computedTexts.push({ text: value, compute });
    }
    return value;
  }
  if (typeof value === 'symbol') return refuseKind('a symbol');
  if (typeof value !== 'object' || value === null) return value;
  const { copies } = resolution;
  if (copies.has(value))
    return copies.get(value) ?? refuseShape('holds itself, in a circle');
  const parts = partsOf(value);
  if (Buffer.isBuffer(parts)) return parts;
  if (parts === undefined) return value;
  checkDepth(depth);
  copies.set(value, undefined);
  const copy = Array.isArray(parts)
    ? parts.map(item => resolveValue(resolution, item, depth + 1, compute))
    : resolveFields(resolution, parts, depth + 1, compute);
  copies.set(value, copy);
  return copy;
}

function resolveFields(
  resolution: Resolution,
  fields: Map<string, unknown>,
  depth: number,
  compute?: ComputedText['compute'],
): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const [name, field] of fields) {
    setOwn(copy, name, resolveValue(resolution, field, depth, compute));
  }
  return copy;
}

/** What a list or a plain object holds, or its bytes; undefined for everything else. */
function partsOf(
  value: object,
): unknown[] | Map<string, unknown> | Buffer | undefined {
  // Getters and proxies run code of their own, which can fail.
  try {
    if (Array.isArray(value)) return itemsOf(value);
    // A body or a file: a Buffer is what everything else here knows.
    const bytes = bytesIn(value);
    if (bytes !== undefined) return bytes;
    if (!isPlainObject(value)) return void refusePromise(value);
    const fields = new Map<string, unknown>();
    for (const name of Object.keys(value)) fields.set(name, value[name]);
    return fields;
  } catch (cause) {
    if ((cause as Error | undefined)?.name === 'WhatsAppError') throw cause;
    return refuse(
      'INVALID_ARGUMENT',
      'An argument of the operation cannot be read: a getter or a proxy in it fails.',
      'Give it as a plain list or object.',
    );
  }
}

/** All items, with undefined where a list has a hole. */
function itemsOf(list: unknown[]): unknown[] {
  if (list.length <= MAX_LENGTH) return Array.from(list);
  return refuse(
    'INVALID_ARGUMENT',
    `A list in the arguments has ${list.length} items.`,
    `Give at most ${MAX_LENGTH} at once.`,
  );
}

function refusePromise(promise: object): void {
  if (nameOf(promise) !== 'a Promise') return;
  ignoreRejection(promise);
  refuse(
    'INVALID_ARGUMENT',
    'An argument of the operation is a Promise, which OpenFn cannot hand over.',
    'Wait for it in an operation before, as in fn(async state => …), and leave its result on state.',
  );
}

/** No operation takes one; inside an argument, what reads it says so. */
function refuseMap(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const kind = nameOf(value);
  return /^a (Map|Set)$/.test(kind) ? refuseKind(kind) : value;
}

function refuseKind(kind: string): never {
  return refuse(
    'INVALID_ARGUMENT',
    `An argument of the operation is or holds ${kind}, which OpenFn cannot hand over.`,
    kind === 'a symbol' ? 'Give text.' : 'Make a list or an object of it.',
  );
}

function checkDepth(depth: number): void {
  if (depth < MAX_DEPTH) return;
  refuseShape(`is nested more than ${MAX_DEPTH} levels deep`);
}

const refuseShape = (problem: string) =>
  refuse(
    'INVALID_ARGUMENT',
    `An argument of the operation ${problem}.`,
    'Give only the fields that the operation needs, such as $.data.name.',
  );

/** Whether a text may have a missing value in it. */
const mayHaveMissing = (text: string): boolean =>
  text.length <= MAX_TEXT && MISSING.test(text);

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
