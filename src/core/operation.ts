import type { Operation, State } from '../types';
import { composeNextState, expandReferences } from './common';
import { readConfiguration } from './configuration';
import type { Configuration } from './configuration';

/** What an operation works with: never the state that it must not change. */
export type Context = {
  configuration: Configuration;
  data: unknown;
  /** The request that started the run, when a webhook did. */
  request?: unknown;
};

/** What an operation leaves behind. */
export type Result = {
  data: unknown;
  response?: unknown;
  /** What changes in the credential, for the operations that follow in the step. */
  configuration?: Configuration;
};

/** One step of work, its arguments already values. */
export type Work<Args extends unknown[]> = (
  context: Context,
  ...args: Args
) => Result | Promise<Result>;

/** The state is resolved, the work is done, and the next state is composed here only. */
export function operation<Args extends unknown[]>(
  args: unknown[],
  work: Work<Args>,
): Operation {
  return async (state: State) => {
    const values = expandReferences(state, args) as Args;
    const configuration = readConfiguration(state.configuration);
    const { data, request } = state;
    const result = await work({ configuration, data, request }, ...values);
    return composeNextState(state, result, changeOf(state, result));
  };
}

/** A new credential: the given one is never changed. */
const changeOf = ({ configuration }: State, result: Result) =>
  result.configuration && {
    configuration: { ...(configuration as object), ...result.configuration },
  };
