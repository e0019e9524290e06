import type { Field } from '../../src/schema/fields';

/** The keys that lead to one value inside another. */
export type Place = readonly (string | number)[];

/** Every place in `value` that a field of a schema has. */
export const placesOf = (value: unknown, { path, when }: Field): Place[] =>
  reached(value, path).filter(place =>
    when.every(
      ({ path: { length }, type }) =>
        at(value, [...place.slice(0, length), 'type']) === type,
    ),
  );

/** Every place that a path leads to; `[]` in it is each item of a list. */
function reached(value: unknown, path: readonly string[]): Place[] {
  const [name, ...rest] = path;
  if (name === undefined) return [[]];
  if (typeof value !== 'object' || value === null) return [];
  return keysOf(value, name).flatMap(key =>
    reached(at(value, [key]), rest).map(place => [key, ...place]),
  );
}

function keysOf(value: object, name: string): (string | number)[] {
  if (name === '[]') return Array.isArray(value) ? [...value.keys()] : [];
  return Object.hasOwn(value, name) ? [name] : [];
}

/** The value at a place. */
export const at = (value: unknown, place: Place): unknown =>
  place.reduce<unknown>(
    (so, key) => (so as Record<string | number, unknown>)[key],
    value,
  );

/** A copy of `value` with another value at the place. */
export function put(value: unknown, place: Place, other: unknown): unknown {
  const [key, ...rest] = place;
  if (key === undefined) return other;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  Object.assign(copy, { [key]: put(at(value, [key]), rest, other) });
  return copy;
}

/** A copy of `value` in which the last key of the place is missing. */
export function without(value: unknown, place: Place): unknown {
  const parent = place.slice(0, -1);
  const key = String(place.at(-1));
  const { [key]: _, ...rest } = at(value, parent) as Record<string, unknown>;
  return put(value, parent, rest);
}

/** The places of all objects in a value, itself included. */
export function objectsIn(value: unknown, place: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.entries(value).flatMap(([key, child]) =>
    objectsIn(child, [...place, Array.isArray(value) ? Number(key) : key]),
  );
  return Array.isArray(value) ? inside : [place, ...inside];
}
