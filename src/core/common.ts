// The one place that imports language-common for its functions, so that the
// rest of the adaptor is typed and can be read without knowing it.
import { source } from '@openfn/language-common';
import type { State } from '../types';

/** What a JSONPath finds in state; the credential is none of its business. */
export function select(
  { configuration: _, ...state }: State,
  path: string,
): unknown[] {
  // It looks up a path in an object, where `constructor` finds what every object has.
  const safe = path in {} ? `$.${path}` : path;
  // Its types have it return a list at once.
  const find = source(safe) as unknown as (state: State) => unknown[];
  return find(state);
}
