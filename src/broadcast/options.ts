import type * as v from 'valibot';
import { refuse } from '../core/errors';
import { readOptions } from '../core/options';
import { resolve } from '../core/values';
import { ignoreRejection, isObject, nameOf } from '../core/values';
import { check } from '../schema/check';
import { numberAtLeast, wholeNumber } from '../schema/numbers';
import { text, boolean } from '../schema/rules';
import type { BroadcastOptions, BroadcastProgress, State } from '../types';
import { callLeniently } from './lenient';

/** The options of a broadcast, all of them known. */
export type Settings = {
  rate: number;
  concurrency: number;
  perRecipient: number;
  deadline: number;
  skip: unknown;
  dryRun: boolean;
  preflight: boolean;
  defaultCountry?: string | undefined;
  onProgress?: ((progress: BroadcastProgress) => unknown) | undefined;
  /** The key that the job gives an item; missing when it gives none. */
  keyOf?: ((state: State) => unknown) | undefined;
};

const DEFAULTS = {
  rate: 80,
  concurrency: 40,
  perRecipient: 6,
  deadline: 240_000,
  skip: [],
  dryRun: false,
  preflight: false,
};

const schemas: Record<string, v.GenericSchema> = {
  // One message in a quarter of an hour is no rate any more.
  rate: numberAtLeast(0.001),
  concurrency: wholeNumber(1),
  perRecipient: numberAtLeast(0),
  deadline: numberAtLeast(0),
  dryRun: boolean(),
  preflight: boolean(),
  defaultCountry: text(),
};

const NAMES = [...Object.keys(schemas), 'key', 'skip', 'onProgress'];
const code = 'INVALID_OPTIONS';

/** Reads the options with the job's state; only the key is left for each item. */
export function readBroadcastOptions(given: unknown, state: State): Settings {
  const isWrapped = typeof given === 'function';
  const options = readOptions<BroadcastOptions>(
    ignoreRejection(
      isWrapped
        ? callLeniently(given as (state: State) => unknown, state)
        : given,
    ),
    NAMES,
  );
  const { key, onProgress, ...rest } = options;
  [key, onProgress].forEach(ignoreRejection);
  const [values] = resolve(state, [rest]);
  const present = Object.fromEntries(
    Object.entries(values).filter(
      ([, value]) => value !== undefined && value !== null,
    ),
  );
  for (const [name, schema] of Object.entries(schemas)) {
    if (Object.hasOwn(present, name))
      check(schema, present[name], name, { code });
  }
  return {
    ...DEFAULTS,
    ...present,
    onProgress: readCallback(onProgress),
    keyOf:
      isWrapped && 'key' in options && typeof key !== 'function'
        ? keyIn(given as (state: State) => unknown, state)
        : readKey(key),
  };
}

/** The key that stands in options which are one function. */
function keyIn(given: (state: State) => unknown, state: State) {
  const keyOf = (state: State) =>
    (callLeniently(given, state) as BroadcastOptions).key;
  // One that needs no item is the same for all.
  readKey(keyOf({ ...state, data: undefined, index: undefined }));
  return keyOf;
}

/**
 * A key that is a function by itself: of state, as functions are everywhere,
 * or of the item, as `onProgress` and `map` would have it.
 */
function readKey(key: unknown): Settings['keyOf'] {
  if (key === undefined || key === null) return undefined;
  if (typeof key === 'function') {
    return state => {
      const { data } = state;
      const fields = isObject(data) ? data : {};
      const both = { ...state, ...fields, data };
      return (key as (state: State) => unknown)(both);
    };
  }
  return refuse(
    code,
    `The option key is ${nameOf(key)}, so all items would have the same.`,
    'Write it as { key: $.data.id }, or as a function of state.',
  );
}

function readCallback(onProgress: unknown): Settings['onProgress'] {
  if (onProgress === undefined || onProgress === null) return undefined;
  if (typeof onProgress === 'function') {
    return onProgress as Settings['onProgress'];
  }
  return refuse(
    code,
    `The option onProgress is ${nameOf(onProgress)}, not a function.`,
    'Write it as { onProgress: progress => console.log(progress.done) }.',
  );
}
