import { AsyncLocalStorage } from 'node:async_hooks';
import type { State } from '../types';
import { log } from './log';

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

/** An operation that was started. */
export type Started = {
  promise: OperationPromise;
  hasEnded: boolean;
  error?: unknown;
  /** Called when it ends. */
  onEnd?: () => void;
};

const storage = new AsyncLocalStorage<(started: Started) => void>();

/** Runs something, and tells of each operation that is started in it. */
export const withStarted = <T>(
  note: (started: Started) => void,
  run: () => T,
): T => storage.run(note, run);

/**
 * Watches an operation that runs: one that nobody waits for is told of in the
 * log, and its failure does not end the process.
 */
export function watch(running: Promise<State>): Promise<State> {
  const promise = new OperationPromise((resolve, reject) => {
    running.then(
      state => {
        end(started);
        resolve(state);
      },
      (error: unknown) => {
        started.error = error;
        end(started);
        void Promise.prototype.then.call(promise, undefined, () => undefined);
        reject(error);
      },
    );
  });
  const started: Started = { promise, hasEnded: false };
  storage.getStore()?.(started);
  if (unseen.push(started) === 1) setImmediate(reportUnseen);
  return promise;
}

function end(started: Started): void {
  started.hasEnded = true;
  started.onEnd?.();
}

/** What was started since the last immediate: one for all of it, as each costs. */
let unseen: Started[] = [];

function reportUnseen(): void {
  const all = unseen;
  unseen = [];
  for (const started of all) if (!started.promise.isAwaited) report(started);
}

/** What was started without `await`, until all of it has ended. */
let reported: Started[] = [];

/** Writes a line when the first operations are not awaited, and another when all have ended. */
function report(started: Started): void {
  if (reported.push(started) === 1) setImmediate(tellStart);
  if (started.hasEnded) setImmediate(tellEnd);
  else {
    const { onEnd } = started;
    started.onEnd = () => {
      onEnd?.();
      // Somebody may wait for it after all.
      setImmediate(tellEnd);
    };
  }
}

function tellStart(): void {
  const count = countOf(reported.length);
  log(
    `${count} started without await: the job will not learn the result. Return each operation, or await it.`,
  );
}

function tellEnd(): void {
  if (!reported.every(({ hasEnded }) => hasEnded)) return;
  const lost = reported.filter(({ promise }) => !promise.isAwaited);
  reported = [];
  if (lost.length === 0) return;
  const failed = lost.filter(started => 'error' in started);
  const done = lost.length - failed.length;
  const codes = [...new Set(failed.map(({ error }) => codeOf(error)))];
  const parts = [
    ...(done > 0 ? [`${done} done`] : []),
    ...(failed.length > 0 ? [`${failed.length} failed (${codes.join()})`] : []),
  ];
  log(`${countOf(lost.length)} not awaited: ${parts.join(', ')}`);
}

const countOf = (count: number) =>
  count === 1 ? '1 operation was' : `${count} operations were`;

/** A code alone: what a job throws may hold anything. */
function codeOf(error: unknown): string {
  try {
    const { code } = error as { code?: unknown };
    if (typeof code === 'string' && /^[A-Z_]+$/.test(code)) return code;
  } catch {
    // Nothing, or a getter.
  }
  return 'OPERATION_FAILED';
}
