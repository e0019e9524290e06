// The one place that imports language-common for its functions, so that the
// rest of the adaptor is typed and can be read without knowing it.
import { composeNextState as compose } from '@openfn/language-common';
import { expandReferences as expand } from '@openfn/language-common/util';
import type { State } from '../types';

/** Replaces every function of state in `args`, at any depth, by its value. */
export function expandReferences<Args extends unknown[]>(
  state: State,
  args: Args,
): Args {
  return expand(state, ...args) as Args;
}

/** The next state: `data` replaced, the old one appended to `references`. */
export function composeNextState(state: State, data: unknown): State {
  // A copy, because language-common writes `references` onto what it is given.
  return compose({ ...state }, data) as State;
}
