import type { Operation, State } from '../types';
import { watch } from './awaited';
import { composeNextState } from './common';
import { connect } from './client';
import type { Client, ClientOptions } from './client';
import { refuse } from './errors';
import { refuseMissing } from './missing';
import type { Made } from './missing';
import { TAKEN } from './options';
import { resolve } from './resolve';
import { isObject, nameOf } from './values';

/** What an operation works with: never the state that it must not change. */
export type Context = {
  client: Client;
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
  configuration?: { apiToken: string };
};

/** One step of work, its arguments already values. */
export type Work<Args extends unknown[]> = (
  context: Context,
  ...args: Args
) => Result | Promise<Result>;

/** Options that hold for every request of an operation. */
export type RequestOption = keyof ClientOptions;

/** The state is resolved, the work is done, and the next state is composed here only. */
export function operation<Args extends unknown[]>(
  args: unknown[],
  work: Work<Args>,
  options: readonly RequestOption[] = ['connectTimeout'],
): Operation {
  const run = async (given: State) => {
    readState(given);
    const made: Made[] = [];
    const resolved = resolve(given, args, made);
    // Read after the functions of the job, and before the work: what fails later would hide a message that is out.
    const state = readState(given);
    const { taken, values } = takeOptions(resolved, options);
    const client = connect(state.configuration, resolved, taken);
    const { data, request } = state;
    const context: Context = {
      client,
      data,
      request,
      refuseMissing: () => refuseMissing(made, state),
    };
    const result = await work(context, ...(values as Args));
    return composeNextState(state, result, changeOf(state, result));
  };
  return state => watch(run(state));
}

/** Takes the options of every request out of the last argument. */
function takeOptions(values: unknown[], names: readonly RequestOption[]) {
  const given = values.at(-1);
  const taken: ClientOptions = {};
  if (!isObject(given) || names.length === 0) return { taken, values };
  const options: typeof given = { ...given };
  for (const name of names) {
    taken[name] = given[name];
    delete options[name];
  }
  const others = Object.assign(options, { [TAKEN]: names });
  return { taken, values: [...values.slice(0, -1), others] };
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
