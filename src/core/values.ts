import { isArrayBuffer, isPromise, isUint8Array } from 'node:util/types';
import type { State } from '../types';
import { refuse } from './errors';

// Values of a job come from another realm: `instanceof` and `constructor` lie there.

/** An object with fields, from whatever realm: not null, not a list, a Buffer, a Date or a Map. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && kindOf(value) === 'Object';

/** Such an object that is no stream, so that its fields are all there is of it. */
export const isPlainObject = (
  value: unknown,
): value is Record<string, unknown> =>
  isObject(value) &&
  !('pipe' in value || 'pipeTo' in value || Symbol.asyncIterator in value);

/** `Array`, `Buffer`, `Date`, `Map` or `Promise`; `Object` for what has nothing but fields. */
function kindOf(value: object): string {
  // A proxy may fail at any of these.
  try {
    if (Array.isArray(value)) return 'Array';
    if (Buffer.isBuffer(value)) return 'Buffer';
    return Object.prototype.toString.call(value).slice('[object '.length, -1);
  } catch {
    return 'Proxy';
  }
}

/** Bytes of any kind, as a Buffer. */
export function bytesIn(value: object): Buffer | undefined {
  if (Buffer.isBuffer(value)) return value;
  if (isUint8Array(value)) {
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  }
  return isArrayBuffer(value) ? Buffer.from(value) : undefined;
}

export const isDate = (value: unknown): value is Date =>
  typeof value === 'object' && value !== null && kindOf(value) === 'Date';

/** The same value; when it is a Promise that nobody waits for, its failure no longer ends the process. */
export function ignoreRejection<T>(value: T): T {
  if (isPromise(value)) void Promise.resolve(value).catch(() => {});
  return value;
}

/** Sets a field of an object of ours, also one with the name `__proto__`. */
export function setOwn(
  object: Record<string, unknown>,
  name: string,
  value: unknown,
): void {
  if (name !== '__proto__') object[name] = value;
  else Object.defineProperty(object, name, { ...OWN, value });
}

/** What a table has under a name that a stranger gives; not what every object has, such as `toString`. */
export const ownOf = <T>(
  table: Readonly<Record<string, T>>,
  name: string,
): T | undefined => (Object.hasOwn(table, name) ? table[name] : undefined);

const OWN = { writable: true, enumerable: true, configurable: true };

/** A field that is null is one that is not there: databases and spreadsheets have them so. */
export const withoutNulls = <Given extends object>(given: Given): Given =>
  Object.values(given).includes(null)
    ? (Object.fromEntries(
        Object.entries(given).filter(([, value]) => value !== null),
      ) as Given)
    : given;

/** What a value is, in a word for people, never its content. */
export function nameOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (value === '') return 'empty';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'object') {
    const kind = kindOf(value);
    if (kind === 'Array') return 'a list';
    if (kind === 'Object' || !/^[A-Za-z]\w{0,30}$/.test(kind)) {
      return 'an object';
    }
    return `${/^[AEIOU]/.test(kind) ? 'an' : 'a'} ${kind}`;
  }
  if (typeof value === 'bigint') return 'a number';
  return `a ${typeof value}`;
}

/** A name in code may be quoted in an error; one that comes from data could be a number or a person. */
export const isQuotable = (name: string): boolean =>
  /^[a-z_]\w{0,30}$/i.test(name);

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
