import { isArrayBuffer, isUint8Array } from 'node:util/types';

// Values of a job come from another realm: `instanceof` and `constructor` lie there.

/** An object with fields, from whatever realm: not null, not a list, a Buffer, a Date or a Map. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !Buffer.isBuffer(value) &&
    tagOf(value) === 'Object'
  );
}

/** Such an object that is no stream, so that its fields are all there is of it. */
export const isPlainObject = (
  value: unknown,
): value is Record<string, unknown> =>
  isObject(value) &&
  !('pipe' in value || 'pipeTo' in value || Symbol.asyncIterator in value);

/** `Date`, `Map` or `Promise`; `Object` for what has nothing but fields. */
const tagOf = (value: object): string =>
  Object.prototype.toString.call(value).slice('[object '.length, -1);

/** Bytes of any kind, as a Buffer. */
export function bytesIn(value: object): Buffer | undefined {
  if (Buffer.isBuffer(value)) return value;
  if (isUint8Array(value)) {
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  }
  return isArrayBuffer(value) ? Buffer.from(value) : undefined;
}

export const isDate = (value: unknown): value is Date =>
  typeof value === 'object' && value !== null && tagOf(value) === 'Date';

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

/** What a value is, in a word for people, never its content. */
export function nameOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (value === '') return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (Buffer.isBuffer(value)) return 'a Buffer';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'object') {
    const tag = tagOf(value);
    if (tag === 'Object' || !/^[A-Za-z]\w{0,30}$/.test(tag)) return 'an object';
    return `${/^[AEIOU]/.test(tag) ? 'an' : 'a'} ${tag}`;
  }
  if (typeof value === 'bigint') return 'a number';
  return `a ${typeof value}`;
}

/** A name in code may be quoted in an error; one that comes from data could be a number or a person. */
export const isQuotable = (name: string): boolean =>
  /^[a-z_]\w{0,30}$/i.test(name);
