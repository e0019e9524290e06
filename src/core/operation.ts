import type { Operation, State } from '../types';
import { composeNextState } from './common';
import { GIVEN, readConfiguration } from './configuration';
import type { Configuration } from './configuration';
import { refuse } from './errors';
import { refuseMissing } from './missing';
import type { Made } from './missing';
import { resolve } from './resolve';
import { isObject, nameOf } from './values';

/** What an operation works with: never the state that it must not change. */
export type Context = {
  configuration: Configuration;
  data: unknown;
  /** The request that started the run, when a webhook did. */
  request?: unknown;
  /** Refuses texts of functions of state in which a value is missing. */
  refuseMissing?: () => void;
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
  return async (given: State) => {
    readState(given);
    const made: Made[] = [];
    const values = resolve(given, args, made) as Args;
    // Read after the functions of the job, and before the work: what fails later would hide a message that is out.
    const state = readState(given);
    const configuration = {
      ...readConfiguration(state.configuration),
      [GIVEN]: values,
    };
    const { data, request } = state;
    const context: Context = {
      configuration,
      data,
      request,
      refuseMissing: () => refuseMissing(made, state),
    };
    const result = await work(context, ...values);
    return composeNextState(state, result, changeOf(state, result));
  };
}

/** The fields of the state, all of them read. */
export function readState(state: unknown): State {
  if (isObject(state)) {
    try {
      return { ...state };
    } catch {
      // A getter or a proxy.
    }
  }
  return refuse(
    'INVALID_STATE',
    isObject(state)
      ? 'The state of the job cannot be read: a getter or a proxy in it fails.'
      : `The operation was given ${nameOf(state)} in the place of a state.`,
    'Check the operation before this one: a function in fn has to return a state, as in fn(state => { …; return state; }).',
  );
}

/** A new credential: the given one is never changed. */
const changeOf = ({ configuration }: State, result: Result) =>
  result.configuration && {
    configuration: { ...(configuration as object), ...result.configuration },
  };
