import { isArrayBuffer, isPromise, isUint8Array } from 'node:util/types';

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
  else Object.defineProperty(object, name, { ...OWN_PROPERTY, value });
}

/** What a table has under a name that a stranger gives; not what every object has, such as `toString`. */
export const ownOf = <T>(
  table: Readonly<Record<string, T>>,
  name: string,
): T | undefined => (Object.hasOwn(table, name) ? table[name] : undefined);

const OWN_PROPERTY = { writable: true, enumerable: true, configurable: true };

/** A field that is null is one that is not there: databases and spreadsheets have them so. */
export const withoutNulls = <Fields extends object>(object: Fields): Fields =>
  Object.values(object).includes(null)
    ? (Object.fromEntries(
        Object.entries(object).filter(([, value]) => value !== null),
      ) as Fields)
    : object;

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

/** Whether a text has more in it than spaces. */
export const isFilled = (text: string): boolean => text.trim() !== '';

/** Characters as people count them. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

/** Tells whether a text has at most `max` characters. */
export const hasAtMost =
  (max: number) =>
  (text: string): boolean =>
    // A character has at most two UTF-16 units.
    text.length <= max || (text.length <= 2 * max && lengthOf(text) <= max);

/** A name in code may be quoted in an error; one that comes from data could be a number or a person. */
export const isQuotable = (name: string): boolean =>
  /^[a-z_]\w{0,30}$/i.test(name);

/** The names of options that core/operation.ts took from the last argument, so that an error about the others lists them too. A copy of the options keeps it. */
export const REQUEST_OPTIONS = Symbol('request options');

/** Nothing was given: data that comes from a database has null and '' for it. */
export const isBlank = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && value.trim() === '');

/** Whether a part of a path is a version of the Graph API. */
export const isVersion = (part: string): boolean => /^v\d+\.\d+$/.test(part);

/** The objects of a list, whatever else is in it; none when it is no list. */
export const objectsIn = (list: unknown): Record<string, unknown>[] =>
  Array.isArray(list) ? list.filter(isObject) : [];
