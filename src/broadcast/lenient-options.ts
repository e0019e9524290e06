import { isObject } from '../core/values';
import type { State } from '../types';

// OpenFn's compiler puts one function around all options when `$` stands in one
// of them: `{ key: $.data.visit.id, rate: $.data.rate }` is called as a whole,
// with an item as data for the key, and with the job's data for the rest. The
// half that is not asked for may then read through what is missing.

/** Calls a function of state; what it reads through missing data is undefined, and no error. */
export function callLeniently(
  call: (state: State) => unknown,
  state: State,
): unknown {
  try {
    return call(state);
  } catch {
    return callAgain(call, state);
  }
}

/** Reads of data: where the latest was, and the places that may be read through. */
type Reading = { latest: string; open: Set<string> };

/** Opens one place after the other, so that all others are as they are: `===`, `!` and `??` would tell. */
function callAgain(call: (state: State) => unknown, state: State): unknown {
  const reading: Reading = { latest: '', open: new Set() };
  for (;;) {
    try {
      return plain(call({ ...state, data: read(reading, '', state.data) }));
    } catch (error) {
      if (reading.open.has(reading.latest)) throw error;
      reading.open.add(reading.latest);
    }
  }
}

/** The values behind the proxies that `read` made. */
const originals = new WeakMap<object, unknown>();

/** What is missing, as a part of a text: such a text is missing as a whole. */
const MISSING = '\0missing\0';

const NOTHING: object = new Proxy(function nothing() {}, {
  get: (_, name) => {
    if (name === Symbol.toPrimitive) return () => MISSING;
    if (name === Symbol.iterator) return () => [].values();
    return NOTHING;
  },
  apply: () => NOTHING,
});
originals.set(NOTHING, undefined);

/** The same value, whose further reads are noted. */
function read(reading: Reading, place: string, value: unknown): unknown {
  if (typeof value === 'function') return value;
  const isEnd = typeof value !== 'object' || value === null;
  if (isEnd) {
    reading.latest = place;
    if (!reading.open.has(place)) return value;
    if (value === undefined || value === null) return NOTHING;
  }
  const proxy = new Proxy(shallowCopyOf(value), {
    get: (target, name) => {
      const inner: unknown = Reflect.get(target, name);
      // The methods of text and numbers work on nothing else.
      if (typeof inner === 'function' && isEnd) {
        return (inner as () => unknown).bind(value);
      }
      return typeof name === 'symbol'
        ? inner
        : read(reading, `${place}.${name}`, inner);
    },
  });
  originals.set(proxy, value);
  return proxy;
}

/** A copy, because a proxy would have to show what is frozen as it is. */
function shallowCopyOf(value: unknown): object {
  if (Array.isArray(value)) return [...(value as unknown[])];
  return typeof value === 'object' ? { ...value } : (Object(value) as object);
}

function plain(value: unknown): unknown {
  if (typeof value === 'string' && value.includes(MISSING)) return undefined;
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
