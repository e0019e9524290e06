import { setOwn } from '../core/values';

/** A copy for an operation to change, as jobs do: an item that remains has to be as it came. */
export function copyOf(item: unknown): unknown {
  try {
    return copy(item);
  } catch {
    // A circle, or what cannot be read.
    return copyWith(new Map(), item);
  }
}

/** Lists and plain objects, of whatever realm; a Buffer or a stream stays the same. */
function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (!isPlain(value)) return value;
  // Key by key: `fromEntries` takes five times as long.
  const copied: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    setOwn(copied, key, copy(value[key]));
  }
  return copied;
}

/** The same, slower: keeps circles, and what fails when it is read fails in the copy. */
function copyWith(copies: Map<unknown, unknown>, value: unknown): unknown {
  if (copies.has(value)) return copies.get(value);
  try {
    if (!Array.isArray(value) && !isPlain(value)) return value;
    const copied = (Array.isArray(value) ? [] : {}) as Record<string, unknown>;
    copies.set(value, copied);
    for (const key of Object.keys(value)) {
      copyField(copies, value as Record<string, unknown>, copied, key);
    }
    return copied;
  } catch {
    return value;
  }
}

function copyField(
  copies: Map<unknown, unknown>,
  value: Record<string, unknown>,
  copied: Record<string, unknown>,
  key: string,
): void {
  try {
    setOwn(copied, key, copyWith(copies, value[key]));
  } catch {
    const get = () => value[key];
    Object.defineProperty(copied, key, { get, enumerable: true });
  }
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
