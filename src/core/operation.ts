import type { Operation, State } from '../types';
import { watch } from './awaited';
import { composeNextState } from './common';
import {
  GIVEN,
  isOnPremises,
  readConfiguration,
  refuseOnPremises,
} from './configuration';
import type { Configuration } from './configuration';
import { refuse } from './errors';
import { refuseMissing } from './missing';
import type { Made } from './missing';
import { TAKEN } from './options';
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

/** Options that hold for every request of an operation. */
export type RequestOption = 'connectTimeout' | 'phoneNumberId';

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
    const { configuration, values } = takeOptions(
      { ...readConfiguration(state.configuration), [GIVEN]: resolved },
      resolved,
      options,
    );
    const { data, request } = state;
    const context: Context = {
      configuration,
      data,
      request,
      refuseMissing: () => refuseMissing(made, state),
    };
    const result = await work(context, ...(values as Args));
    return composeNextState(state, result, changeOf(state, result));
  };
  return state => watch(run(state));
}

/** Moves the options of every request from the last argument to the configuration. */
function takeOptions(
  configuration: Configuration,
  values: unknown[],
  names: readonly RequestOption[],
) {
  const given = values.at(-1);
  if (!isObject(given) || names.length === 0) {
    return { configuration, values };
  }
  const options = { ...given, [TAKEN]: names };
  for (const name of names) delete (options as typeof given)[name];
  const id = names.includes('phoneNumberId') ? given['phoneNumberId'] : null;
  return {
    configuration: {
      ...configuration,
      ...readConnectTimeout(given['connectTimeout']),
      ...readNumber(configuration, id),
    },
    values: [...values.slice(0, -1), options],
  };
}

function readConnectTimeout(given: unknown) {
  if (given === undefined || given === null) return {};
  if (Number.isFinite(given) && Number(given) > 0) {
    return { connectTimeout: Number(given) };
  }
  return refuse(
    'INVALID_OPTIONS',
    'The option connectTimeout is not a number of milliseconds.',
    'Write it as { connectTimeout: 5000 } for 5 seconds.',
  );
}

function readNumber(configuration: Configuration, given: unknown) {
  if (given === undefined || given === null) return {};
  if (isOnPremises(configuration)) {
    refuseOnPremises('has but one number: leave out the option phoneNumberId');
  }
  return { phoneNumberId: readPhoneNumberId(given) };
}

/** The ID of a number: digits, as text. */
export function readPhoneNumberId(given: unknown): string {
  const phoneNumberId = String(
    typeof given === 'string' || Number.isSafeInteger(given) ? given : '',
  ).trim();
  if (/^\d+$/.test(phoneNumberId)) return phoneNumberId;
  return refuse(
    'INVALID_OPTIONS',
    'The option phoneNumberId is not a text of digits only.',
    'Give the ID that WhatsApp Manager shows beside the number, not the phone number itself; leave the option out for the number of the credential.',
  );
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
