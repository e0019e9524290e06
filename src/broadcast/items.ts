import { select } from '../core/common';
import { refuse } from '../core/errors';
import { nameOf } from '../core/values';
import type { State } from '../types';

/** The items as a list, from what `each` takes too: a list, a JSONPath or a function of state. */
export function readItems(given: unknown, state: State): unknown[] {
  const items = resolve(given, state);
  // A list of its own, as an operation may change the one of the job.
  if (Array.isArray(items)) return [...(items as unknown[])];
  return refuse(
    'INVALID_ITEMS',
    `The items are ${nameOf(items)}, not a list.`,
    "Give a list, such as $.data.patients, or a JSONPath, such as '$.data.patients[*]'.",
  );
}

function resolve(given: unknown, state: State): unknown {
  if (typeof given === 'function') {
    return resolve((given as (state: State) => unknown)(state), state);
  }
  if (typeof given !== 'string') return given;
  const found = select(state, given);
  // The path of a list finds one thing: the list.
  return found.length === 1 && Array.isArray(found[0]) ? found[0] : found;
}
