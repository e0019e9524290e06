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
export type Made = { text: string; by: (state: State) => unknown };

/** What JavaScript makes text of; core/missing.ts looks closer, which takes ten times as long. */
const MISSING = /undefined|\[object |Invalid Date|NaN|null/;
// Longer than any message: a file as text, which nobody looks through.
const MAX_TEXT = 40_000;

type Resolving = {
  state: State;
  /** What was copied before; a value that is under way is in it without a copy. */
  copies: Map<object, unknown>;
  /** Texts of functions in which a value may be missing. */
  made: Made[];
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
  made: Made[] = [],
): Args {
  const resolving = { state, copies: new Map<object, unknown>(), made };
  return args.map(arg => refuseMap(resolveValue(resolving, arg, 0))) as Args;
}

function resolveValue(
  resolving: Resolving,
  value: unknown,
  depth: number,
  by?: Made['by'],
): unknown {
  if (typeof value === 'function') {
    checkDepth(depth);
    const given = (value as Made['by'])(resolving.state);
    return resolveValue(resolving, given, depth + 1, value as Made['by']);
  }
  if (typeof value === 'string') {
    if (by !== undefined && mayMiss(value)) {
      resolving.made.push({ text: value, by });
    }
    return value;
  }
  if (typeof value === 'symbol') return refuseKind('a symbol');
  if (typeof value !== 'object' || value === null) return value;
  const { copies } = resolving;
  if (copies.has(value))
    return copies.get(value) ?? refuseShape('holds itself, in a circle');
  const parts = partsOf(value);
  if (Buffer.isBuffer(parts)) return parts;
  if (parts === undefined) return value;
  checkDepth(depth);
  copies.set(value, undefined);
  const copy = Array.isArray(parts)
    ? parts.map(item => resolveValue(resolving, item, depth + 1, by))
    : resolveFields(resolving, parts, depth + 1, by);
  copies.set(value, copy);
  return copy;
}

function resolveFields(
  resolving: Resolving,
  fields: Map<string, unknown>,
  depth: number,
  by?: Made['by'],
): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const [name, field] of fields) {
    setOwn(copy, name, resolveValue(resolving, field, depth, by));
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

const refuseShape = (wrong: string) =>
  refuse(
    'INVALID_ARGUMENT',
    `An argument of the operation ${wrong}.`,
    'Give only the fields that the operation needs, such as $.data.name.',
  );

/** Whether a text may have a missing value in it. */
const mayMiss = (text: string): boolean =>
  text.length <= MAX_TEXT && MISSING.test(text);
