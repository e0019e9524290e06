import { Worker } from 'node:worker_threads';
import { GatewayError } from '../core/errors';
import { READ_TIMEOUT } from './read-timeout';

/** What the thread is started with. */
export type Setup = {
  folder: string;
  generation: string;
  /** Counts the reads and writes that succeeded. */
  progress: SharedArrayBuffer;
};

/** One statement with values, or several without. */
export type Question = { text: string; values?: unknown[] | undefined };

export type Answer = {
  rows?: object[];
  failure?: {
    code: string | undefined;
    message: string;
    description?: string;
    fix?: string;
    /** PostgreSQL cannot go on; the thread is of no use any more. */
    isFatal: boolean;
  };
};

/** Milliseconds. */
export type Limits = {
  /** After so long, those who wait behind a statement are refused. */
  answer: number;
  /** After so long without a read or write that succeeds, the thread is ended. */
  progress: number;
  /** The same while PostgreSQL starts. */
  start: number;
  /** Between two tries to start. */
  pause: number;
  /** After so long, what is asked over HTTP is refused. */
  read: number;
};

export const LIMITS: Limits = {
  answer: 5_000,
  progress: 20_000,
  start: 120_000,
  pause: 2_000,
  read: READ_TIMEOUT,
};

/** What PostgreSQL refused. Its message may quote values. */
export class DatabaseError extends Error {
  constructor(
    message: string,
    readonly code: string | undefined,
  ) {
    super(message);
  }
}

type Waiting = {
  resolve: (rows: object[]) => void;
  reject: (error: Error) => void;
  /** When it was asked. */
  since: number;
};

/**
 * A thread with the embedded PostgreSQL, which blocks the thread it runs in.
 * Ask one thing at a time.
 */
export class PgliteThread {
  readonly #worker: Worker;
  readonly #progress = new Int32Array(new SharedArrayBuffer(4));
  readonly #onEnd: (error: Error) => void;
  #waiting: Waiting | undefined;
  #failure: Error | undefined;
  #seen = { count: 0, at: 0 };

  /** `onEnd` is called once, when nothing can be asked any more. */
  constructor(
    file: URL,
    setup: Omit<Setup, 'progress'>,
    onEnd: (error: Error) => void,
  ) {
    this.#onEnd = onEnd;
    this.#worker = new Worker(file, {
      workerData: { ...setup, progress: this.#progress.buffer },
    });
    this.#worker
      .on('message', (answer: Answer) => this.#settle(answer))
      .on('error', error => this.end(error))
      .on('exit', () => this.end(new Error('The thread ended.')));
  }

  /** Resolves when PostgreSQL has started. */
  start(): Promise<object[]> {
    return this.#wait();
  }

  async ask(text: string, values?: unknown[]): Promise<object[]> {
    if (this.#failure !== undefined) throw failed(this.#failure);
    const answer = this.#wait();
    this.#worker.postMessage({ text, values } satisfies Question);
    return answer;
  }

  /** Milliseconds that the present question has waited. */
  get waited(): number {
    return this.#waiting ? performance.now() - this.#waiting.since : 0;
  }

  /** Milliseconds that the present question has waited without any progress. */
  get stuck(): number {
    const count = Atomics.load(this.#progress, 0);
    const now = performance.now();
    if (this.#seen.count !== count) this.#seen = { count, at: now };
    const { at } = this.#seen;
    return this.#waiting ? now - Math.max(at, this.#waiting.since) : 0;
  }

  /** Nothing is asked any more. */
  end(error: Error): void {
    if (this.#failure !== undefined) return;
    this.#failure = error;
    this.#waiting?.reject(failed(error));
    this.#waiting = undefined;
    this.#onEnd(error);
  }

  /** Resolves when the thread is gone, which a disk that hangs can prevent. */
  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }

  #wait(): Promise<object[]> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject, since: performance.now() };
    });
  }

  #settle({ rows = [], failure }: Answer): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (failure === undefined) return waiting?.resolve(rows);
    const error = errorOf(failure);
    waiting?.reject(failure.isFatal ? failed(error) : error);
    if (failure.isFatal) this.end(error);
  }
}

function errorOf(failure: NonNullable<Answer['failure']>): Error {
  const { code, message, description, fix } = failure;
  if (description === undefined || fix === undefined) {
    return new DatabaseError(message, code);
  }
  return new GatewayError(code ?? '', description, fix);
}

function failed(cause: Error): GatewayError {
  if (cause instanceof GatewayError) return cause;
  return new GatewayError(
    'STORAGE_FAILED',
    'The embedded store failed, and is opened again.',
    'It recovers by itself when the disk has space and works; the log says more.',
    cause,
  );
}
