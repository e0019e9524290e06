import type { Operation, State } from '../types';
import { connect } from './client';
import { composeNextState, readState, watch } from './operation';
import type { Context } from './operation';

/** What an operation works with that runs another one for each of many items. */
export type ManyContext = Pick<Context, 'client'> & {
  /** The state of the job, to resolve arguments with. */
  state: State;
  /** The same state with an item as its data. */
  stateOf: (item: unknown, index: number) => State;
};

/** As `operation`, for work that runs another one for each of many items, and resolves its arguments itself. */
export function operationOnMany<Args extends unknown[]>(
  args: Args,
  work: (context: ManyContext, ...args: Args) => Promise<{ data: unknown }>,
): Operation {
  const run = async (initialState: State) => {
    const state = readState(initialState);
    const client = connect(state.configuration);
    // References copy themselves at every operation, so an item begins without.
    const itemState = { ...state, references: [] };
    const stateOf = (data: unknown, index: number) => ({
      ...itemState,
      data,
      index,
    });
    const { data } = await work({ client, state, stateOf }, ...args);
    return composeNextState(state, { data });
  };
  return state => watch(run(state));
}
