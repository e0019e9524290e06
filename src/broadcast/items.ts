import { select } from '../core/common';
import { refuse } from '../core/errors';
import { ignoreRejection, nameOf } from '../core/values';
import type { State } from '../types';

const MOST_ITEMS = 1_000_000;
/** A function may give another one; one that gives itself has no end. */
const MOST_CALLS = 500;

/**
 * The items as a list: a list, a function of state, or a JSONPath. Only a path
 * that the job itself wrote is one: text that a function gives came from data.
 */
export function readItems(given: unknown, state: State): unknown[] {
  const items =
    typeof given === 'string' ? listAt(given, state) : call(given, state);
  return itemsOf(items).map(ignoreRejection);
}

/** A list of its own, as an operation may change the one of the job. */
function itemsOf(items: unknown): unknown[] {
  try {
    if (Array.isArray(items) && items.length <= MOST_ITEMS) {
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
      `Give at most ${MOST_ITEMS} at once.`,
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

function call(given: unknown, state: State): unknown {
  let value = given;
  for (let calls = 0; calls < MOST_CALLS; calls++) {
    if (typeof value !== 'function') break;
    value = (value as (state: State) => unknown)(state);
  }
  return value;
}
