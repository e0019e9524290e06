import type { State } from '../types';
import { refuse } from './errors';
import {
  bytesIn,
  ignoreRejection,
  isPlainObject,
  nameOf,
  setOwn,
} from './values';

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
  const resolution = {
    state,
    copies: new Map<object, unknown>(),
    computedTexts,
  };
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
