import { select } from '../core/common';
import { refuse } from '../core/errors';
import { nameOf } from '../core/values';
import type { State } from '../types';

const MOST_ITEMS = 1_000_000;

/**
 * The items as a list: a list, a function of state, or a JSONPath. Only a path
 * that the job itself wrote is one: text that a function gives came from data.
 */
export function readItems(given: unknown, state: State): unknown[] {
  const items =
    typeof given === 'string' ? listAt(given, state) : call(given, state);
  if (Array.isArray(items) && items.length > MOST_ITEMS) {
    return refuse(
      'INVALID_ITEMS',
      `The list has ${items.length} items, more than any run can hold.`,
      `Give at most ${MOST_ITEMS} at once.`,
    );
  }
  // A list of its own, as an operation may change the one of the job.
  if (Array.isArray(items)) return [...(items as unknown[])];
  return refuse(
    'INVALID_ITEMS',
    `The items are ${nameOf(items)}, not a list.`,
    "Give a list, such as $.data.patients, or a JSONPath between quotes, such as '$.data.patients[*]'.",
  );
}

function listAt(path: string, state: State): unknown {
  const found = select(state, path);
  // The path of a list finds one thing: the list.
  return found.length === 1 && Array.isArray(found[0]) ? found[0] : found;
}

function call(given: unknown, state: State): unknown {
  let value = given;
  while (typeof value === 'function') {
    value = (value as (state: State) => unknown)(state);
  }
  return value;
}
