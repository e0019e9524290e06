import type * as v from 'valibot';
import { check } from '../schema/check';
import { select } from '../core/common';
import { refuse } from '../core/errors';
import { ignoreRejection, isObject, nameOf } from '../core/values';
import { resolve, readOptions } from '../core/arguments';
import { boolean, numberAtLeast, text, wholeNumber } from '../schema/rules';
import type {
  BroadcastOptions,
  BroadcastProgress,
  Operation,
  State,
} from '../types';
import { callLeniently } from './lenient-options';

const MAX_ITEMS = 1_000_000;
/** A function may give another one; one that gives itself has no end. */
const MAX_CALLS = 500;

/**
 * The items as a list: a list, a function of state, or a JSONPath. Only a path
 * that the job itself wrote is one: text that a function gives came from data.
 */
export function readItems(given: unknown, state: State): unknown[] {
  const items =
    typeof given === 'string' ? listAt(given, state) : callAll(given, state);
  return itemsOf(items).map(ignoreRejection);
}

/** A list of its own, as an operation may change the one of the job. */
function itemsOf(items: unknown): unknown[] {
  try {
    if (Array.isArray(items) && items.length <= MAX_ITEMS) {
      return [...(items as unknown[])];
    }
  } catch {
    return refuse(
      'INVALID_ITEMS',
      'The list of items cannot be read: a getter or a proxy in it fails.',
      'Give a plain list, such as $.data.patients.',
    );
  }
  if (Array.isArray(items)) {
    return refuse(
      'INVALID_ITEMS',
      `The list has ${items.length} items, more than any run can hold.`,
      `Give at most ${MAX_ITEMS} at once.`,
    );
  }
  return refuse(
    'INVALID_ITEMS',
    `The items are ${nameOf(ignoreRejection(items))}, not a list.`,
    "Give a list, such as $.data.patients, or a JSONPath between quotes, such as '$.data.patients[*]'.",
  );
}

function listAt(path: string, state: State): unknown {
  const found = selectAt(path, state);
  // The path of a list finds one thing: the list.
  return found.length === 1 && Array.isArray(found[0]) ? found[0] : found;
}

function selectAt(path: string, state: State): unknown[] {
  try {
    return select(state, path);
  } catch {
    return refuse(
      'INVALID_ITEMS',
      'The JSONPath of the items is not correct, or fails for one of the items.',
      'Correct it, or write a function in its place, as in state => state.data.patients.filter(patient => patient?.phone).',
    );
  }
}

function callAll(given: unknown, state: State): unknown {
  let value = given;
  for (let calls = 0; calls < MAX_CALLS; calls++) {
    if (typeof value !== 'function') break;
    value = (value as (state: State) => unknown)(state);
  }
  return value;
}

/** The operation for one item. */
export function readOperation(given: unknown): Operation {
  if (typeof given === 'function') return given as Operation;
  return refuse(
    'INVALID_OPERATION',
    `The operation is ${nameOf(ignoreRejection(given))}.`,
    "Give an operation for one item, such as sendTemplate($.data.phone, 'visit', [$.data.name]).",
  );
}

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
        : readKeyOption(key),
  };
}

/** The key that stands in options which are one function. */
function keyIn(given: (state: State) => unknown, state: State) {
  const keyOf = (state: State) =>
    (callLeniently(given, state) as BroadcastOptions).key;
  // One that needs no item is the same for all.
  readKeyOption(keyOf({ ...state, data: undefined, index: undefined }));
  return keyOf;
}

/**
 * A key that is a function by itself: of state, as functions are everywhere,
 * or of the item, as `onProgress` and `map` would have it.
 */
function readKeyOption(key: unknown): Settings['keyOf'] {
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
