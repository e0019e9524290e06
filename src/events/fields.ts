import { isObject, setOwn } from '../core/values';

/** An object of Meta's, of which nothing is sure. */
export type Fields = Record<string, unknown>;

/** The optional keys of `T` may be undefined until `present` leaves them out. */
type Sparse<T> = {
  [K in keyof T]: object extends Pick<T, K> ? T[K] | undefined : T[K];
};

/**
 * One object of all parts, without what is undefined, which is no JSON: also not
 * from an earlier part. A literal that goes on after a spread takes V8 twenty times as long.
 */
export function present<T extends object>(...parts: Sparse<Partial<T>>[]): T {
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
