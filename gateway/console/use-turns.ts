import { useReducer, useRef } from 'preact/hooks';

/** Changes a part of the state; false when somebody else has begun since. */
export type Change<T> = (changes: Partial<T>) => boolean;

/**
 * A state that work in the background changes. Of several pieces of work, only
 * the one that began last may change it.
 */
export function useTurns<T extends object>(initial: T) {
  const [state, merge] = useReducer(
    (before: T, changes: Partial<T>): T => ({ ...before, ...changes }),
    initial,
  );
  const turn = useRef(0);
  const latest = useRef(state);
  latest.current = state;
  const begin = (): Change<T> => {
    const mine = ++turn.current;
    return changes => {
      if (mine === turn.current) merge(changes);
      return mine === turn.current;
    };
  };
  return { state, latest, change: merge, begin };
}
