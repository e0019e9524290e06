import { connect } from './client';
import type { Client, ClientOptions } from './client';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Operation, State } from '../types';
import { refuse } from './errors';
import { refuseMissing } from './missing';
import { reportUnawaited } from './unawaited';
import type { Started } from './unawaited';
import { isObject, nameOf, REQUEST_OPTIONS } from './values';
import { resolve } from './arguments';
import type { ComputedText } from './arguments';

export type { Started } from './unawaited';

/** What an operation works with: never the state that it must not change. */
export type Context = {
  client: Client;
  data: unknown;
  /** The request that started the run, when a webhook did. */
  request?: unknown;
  /** Refuses texts of functions of state in which a value is missing. */
  refuseMissing?: (() => void) | undefined;
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
  const run = async (initialState: State) => {
    readState(initialState);
    const computedTexts: ComputedText[] = [];
    const resolved = resolve(initialState, args, computedTexts);
    // Read after the functions of the job, and before the work: what fails later would hide a message that is out.
    const state = readState(initialState);
    const { requestOptions, values } = takeOptions(resolved, options);
    const client = connect(state.configuration, resolved, requestOptions);
    const { data, request } = state;
    const context: Context = {
      client,
      data,
      request,
      refuseMissing:
        computedTexts.length > 0
          ? () => refuseMissing(computedTexts, state)
          : undefined,
    };
    const result = await work(context, ...(values as Args));
    return composeNextState(state, result, changeOf(state, result));
  };
  return state => watch(run(state));
}

/** Takes the options of every request out of the last argument. */
function takeOptions(values: unknown[], names: readonly RequestOption[]) {
  const last = values.at(-1);
  const requestOptions: ClientOptions = {};
  if (!isObject(last) || names.length === 0) return { requestOptions, values };
  const options: typeof last = { ...last };
  for (const name of names) {
    requestOptions[name] = last[name];
    delete options[name];
  }
  const others = Object.assign(options, { [REQUEST_OPTIONS]: names });
  return { requestOptions, values: [...values.slice(0, -1), others] };
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

/**
 * The next state, as language-common makes it: what is new replaces the old,
 * and the old `data` is appended to `references`. But the given state is left
 * alone, and a long job pays less for its past: `concat` copies a list in a
 * third of the time of a spread, and on Node 20 `assign` is ten times as fast.
 */
export function composeNextState(
  state: State,
  result: { data: unknown },
  change?: object,
): State {
  const references = appendData(state);
  return Object.assign({}, state, result, change, { references }) as State;
}

/** What is no list must not fail here, when the message is out already. */
function appendData({ references, data }: State): unknown[] {
  try {
    if (Array.isArray(references)) return references.concat([data]);
  } catch {
    // A proxy.
  }
  return [data];
}

/** The promise of an operation, which knows whether anybody waits for it. */
class OperationPromise extends Promise<State> {
  // What `then` returns is a plain promise.
  static override get [Symbol.species]() {
    return Promise;
  }

  isAwaited = false;

  // `await`, `return` from an async function and `Promise.all` call it as well.
  override then<Done = State, Failed = never>(
    onDone?: ((state: State) => Done | PromiseLike<Done>) | null,
    onFailed?: ((error: unknown) => Failed | PromiseLike<Failed>) | null,
  ): Promise<Done | Failed> {
    this.isAwaited = true;
    return super.then(onDone, onFailed);
  }
}

const startListeners = new AsyncLocalStorage<(started: Started) => void>();

/** Runs something, and tells of each operation that is started in it. */
export const withStarted = <T>(
  onStart: (started: Started) => void,
  run: () => T,
): T => startListeners.run(onStart, run);

/**
 * Watches an operation that runs: one that nobody waits for is told of in the
 * log, and its failure does not end the process.
 */
export function watch(running: Promise<State>): Promise<State> {
  const promise = new OperationPromise((resolve, reject) => {
    running.then(
      state => {
        markEnded(started);
        resolve(state);
      },
      (error: unknown) => {
        started.error = error;
        markEnded(started);
        void Promise.prototype.then.call(promise, undefined, () => undefined);
        reject(error);
      },
    );
  });
  const started: Started = { promise, hasEnded: false };
  startListeners.getStore()?.(started);
  if (recentlyStarted.push(started) === 1) setImmediate(reportStarted);
  return promise;
}

function markEnded(started: Started): void {
  started.hasEnded = true;
  started.onEnd?.();
}

/** What was started since the last immediate: one for all of it, as each costs. */
let recentlyStarted: Started[] = [];

function reportStarted(): void {
  const all = recentlyStarted;
  recentlyStarted = [];
  for (const started of all)
    if (!started.promise.isAwaited) reportUnawaited(started);
}

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
