import { isObject } from '../core/values';
import type { State } from '../types';

// OpenFn's compiler puts one function around all options when `$` stands in one
// of them: `{ key: $.data.visit.id, rate: $.data.rate }` is called as a whole,
// with an item as data for the key, and with the job's data for the rest. The
// half that is not asked for may then read through what is missing.

/** Calls a function of state; what it reads of missing data is undefined, and no error. */
export function callLeniently(
  call: (state: State) => unknown,
  state: State,
): unknown {
  try {
    return call(state);
  } catch {
    return plain(call({ ...state, data: lenient(state.data) }));
  }
}

/** The values behind the proxies that `lenient` made. */
const originals = new WeakMap<object, unknown>();

const NOTHING: object = new Proxy(function nothing() {}, {
  get: (_, name) => {
    if (name === Symbol.toPrimitive) return () => '';
    if (name === Symbol.iterator) return () => [].values();
    return NOTHING;
  },
  apply: () => NOTHING,
});
originals.set(NOTHING, undefined);

/** The same data, from which anything can be read at any depth. */
function lenient(value: unknown): unknown {
  if (value === undefined || value === null) return NOTHING;
  if (typeof value === 'function') return value;
  const proxy = new Proxy(copyOf(value), {
    get: (target, name) => {
      const inner: unknown = Reflect.get(target, name);
      // The methods of text and numbers work on nothing else.
      if (typeof inner === 'function' && typeof value !== 'object') {
        return (inner as () => unknown).bind(value);
      }
      return typeof name === 'symbol' ? inner : lenient(inner);
    },
  });
  originals.set(proxy, value);
  return proxy;
}

/** A copy, because a proxy would have to show what is frozen as it is. */
function copyOf(value: unknown): object {
  if (Array.isArray(value)) return [...(value as unknown[])];
  return typeof value === 'object' ? { ...value } : (Object(value) as object);
}

function plain(value: unknown): unknown {
  const isKnown =
    (typeof value === 'object' || typeof value === 'function') &&
    value !== null &&
    originals.has(value);
  if (isKnown) return originals.get(value);
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, plain(inner)]),
  );
}
