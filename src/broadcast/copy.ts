import { setOwn } from '../core/values';

/** A copy for an operation to change, as jobs do: an item that remains has to be as it came. */
export function copyOf(item: unknown): unknown {
  try {
    return copy(item);
  } catch {
    // A circle.
    return item;
  }
}

/** Lists and plain objects, of whatever realm; a Buffer or a stream stays the same. */
function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (typeof value !== 'object' || value === null) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  const isPlain =
    prototype === null || Object.getPrototypeOf(prototype) === null;
  if (!isPlain) return value;
  // Key by key: `fromEntries` takes five times as long.
  const copied: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    setOwn(copied, key, copy((value as Record<string, unknown>)[key]));
  }
  return copied;
}
