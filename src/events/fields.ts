import { isObject, setOwn } from '../core/values';
import type { MetaError } from '../types';

/** An object of Meta's, of which nothing is sure. */
export type Fields = Record<string, unknown>;

/** The optional keys of `T` may be undefined until `compact` leaves them out. */
type Sparse<T> = {
  [K in keyof T]: object extends Pick<T, K> ? T[K] | undefined : T[K];
};

/**
 * One object of all parts, without what is undefined, which is no JSON: also not
 * from an earlier part. A literal that goes on after a spread takes V8 twenty times as long.
 */
export function compact<T extends object>(...parts: Sparse<Partial<T>>[]): T {
  const result: Fields = {};
  for (const part of parts) {
    const fields = part as Fields;
    // Not entries: a list for each of them takes as long as all the rest.
    for (const name of Object.keys(fields)) {
      const value = fields[name];
      if (value !== undefined) setOwn(result, name, value);
      else if (Object.hasOwn(result, name)) delete result[name];
    }
  }
  return result as T;
}

/** Text with something in it; IDs and times sometimes come as numbers. */
export function asText(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function asNumber(value: unknown): number | undefined {
  const text = asText(value)?.trim();
  const number = text ? Number(text) : NaN;
  return Number.isFinite(number) ? number : undefined;
}

export function asObject(value: unknown): Fields | undefined {
  return isObject(value) ? value : undefined;
}

/** The objects of a list, whatever else is in it; none when it is no list. */
export function objectsOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

// Meta writes seconds, in some account fields milliseconds; as seconds, this
// is the year 5138.
const MOST_SECONDS = 1e11;
const END_OF_YEAR_9999 = 253_402_300_799_999;

/** A Unix time as ISO text, or undefined for what is no time. */
export function toIsoTime(value: unknown): string | undefined {
  const text = asText(value)?.trim() ?? '';
  if (!/^\d+(\.\d+)?$/.test(text)) return undefined;
  const number = Number(text);
  const ms = number > MOST_SECONDS ? number : number * 1000;
  // 0 is how a missing time is written, not the year 1970.
  if (ms === 0 || ms > END_OF_YEAR_9999) return undefined;
  return new Date(ms).toISOString();
}

/** Meta's errors, each code a number. */
export function readErrors(errors: unknown): MetaError[] | undefined {
  if (!Array.isArray(errors)) return undefined;
  const list: unknown[] = errors;
  return list.map(error => (isObject(error) ? readError(error) : { error }));
}

/** An error of Meta's; some providers write its code as text. */
export function readError(error: Fields): MetaError {
  const code = asNumber(error['code']);
  return code === undefined ? error : { ...error, code };
}

/** The exact bytes of text or of a byte array from whatever realm; undefined for anything else. */
export function readBytes(value: unknown): Buffer | undefined {
  if (typeof value === 'string') return Buffer.from(value, 'utf8');
  if (!ArrayBuffer.isView(value)) return undefined;
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}
