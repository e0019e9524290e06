import { isObject } from '../core/values';

/** An object of Meta's, of which nothing is sure. */
export type Fields = Record<string, unknown>;

/** The optional keys of `T` may be undefined until `present` leaves them out. */
type Sparse<T> = {
  [K in keyof T]: object extends Pick<T, K> ? T[K] | undefined : T[K];
};

/** The object with what is there: an undefined property is no JSON. */
export function present<T extends object>(fields: Sparse<T>): T {
  const entries = Object.entries(fields);
  return Object.fromEntries(entries.filter(([, v]) => v !== undefined)) as T;
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
