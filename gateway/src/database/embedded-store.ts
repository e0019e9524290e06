import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayError, codeOf } from '../core/errors';
import type { Logger } from '../core/logger';
import { LIMITS, PgliteThread } from './pglite-thread';
import type { Limits, Setup } from './pglite-thread';

export type StoreOptions = {
  log: Logger;
  /** The gateway stops: what hangs is not waited for. */
  stopping?: AbortSignal | undefined;
  /** Called when another process has the folder: this one has to end. */
  onLost?: ((error: Error) => void) | undefined;
  limits?: Partial<Limits> | undefined;
  /** The file of the thread. */
  worker?: URL | undefined;
};

// Beside this file in the sources, and beside the bundle.
const WORKER = new URL('./pglite-worker.js', import.meta.url);

const MOST_READS = 500;
/** For all of closing, of which the last second is for the end of the thread. */
const CLOSE = 5_000;
const TERMINATE = 1_000;

type Waiting = { take: () => void; refuse: (error: Error) => void };

/**
 * One at a time. Urgent work goes first, and after each piece of it one of the
 * rest, so that neither waits for all of the other.
 */
export class PriorityMutex {
  readonly #urgent: Waiting[] = [];
  readonly #usual: Waiting[] = [];
  #isTaken = false;
  #wasUrgent = false;

  /** How much waits that is not urgent. */
  get size(): number {
    return this.#usual.length;
  }

  async run<T>(isUrgent: boolean, work: () => Promise<T>): Promise<T> {
    if (this.#isTaken) {
      await new Promise<void>((take, refuse) => {
        (isUrgent ? this.#urgent : this.#usual).push({ take, refuse });
      });
    }
    this.#isTaken = true;
    this.#wasUrgent = isUrgent;
    try {
      return await work();
    } finally {
      this.#pass();
    }
  }

  /** Whoever waits gets this error. */
  refuseAll(error: Error): void {
    const all = [...this.#urgent.splice(0), ...this.#usual.splice(0)];
    for (const { refuse } of all) refuse(error);
  }

  /** Whoever is next has the turn from now on: nobody comes between. */
  #pass(): void {
    const isUsual = this.#urgent.length === 0 || this.#wasUrgent;
    const next = (isUsual && this.#usual.shift()) || this.#urgent.shift();
    this.#isTaken = next !== undefined;
    next?.take();
  }
}

/**
 * The thread of the embedded PostgreSQL, and its watchdog: a thread that fails
 * or hangs is ended, and another one started until it works.
 */
export class EmbeddedStore {
  readonly #setup: Omit<Setup, 'progress'>;
  readonly #options: StoreOptions;
  readonly #limits: Limits;
  readonly #mutex = new PriorityMutex();
  readonly #watch: NodeJS.Timeout;
  #thread: PgliteThread | undefined;
  #isClosed = false;

  constructor(setup: Omit<Setup, 'progress'>, options: StoreOptions) {
    this.#setup = setup;
    this.#options = options;
    this.#limits = { ...LIMITS, ...options.limits };
    const every = Math.min(1_000, this.#limits.answer / 4);
    this.#watch = setInterval(() => this.#check(), every).unref();
  }

  async open(): Promise<void> {
    this.#thread = await this.#start();
  }

  /** Does something with the thread that nobody else uses meanwhile. */
  async use<T>(
    isUrgent: boolean,
    work: (thread: PgliteThread) => Promise<T>,
  ): Promise<T> {
    this.#admit();
    if (!isUrgent && this.#mutex.size >= MOST_READS) throw busy();
    return this.#mutex.run(isUrgent, () => {
      this.#admit();
      return work(this.#thread as PgliteThread);
    });
  }

  /** Fails when the thread hangs: then the process cannot end in order either. */
  async close(): Promise<void> {
    const thread = this.#thread;
    const startedAt = performance.now();
    const checkpoint = this.use(true, one => one.ask('CHECKPOINT'));
    await within(
      CLOSE - TERMINATE,
      checkpoint.catch(() => undefined),
    );
    this.#isClosed = true;
    clearInterval(this.#watch);
    this.#mutex.refuseAll(closed());
    thread?.end(closed());
    const isGone = (async () => (await thread?.terminate(), true))();
    const left = CLOSE - (performance.now() - startedAt);
    const timeout = Math.max(left, TERMINATE);
    if (!(await within(timeout, isGone))) throw hangs();
  }

  #admit(): void {
    if (this.#isClosed) throw closed();
    if (this.#thread === undefined) throw reopening();
    if (this.#thread.waited > this.#limits.answer) throw hangs();
  }

  async #start(): Promise<PgliteThread> {
    const { worker = WORKER } = this.#options;
    const thread: PgliteThread = new PgliteThread(worker, this.#setup, error =>
      this.#replace(thread, error),
    );
    const timer = setInterval(() => {
      if (thread.stuck > this.#limits.start) thread.end(hangs());
    }, 1_000).unref();
    try {
      await thread.start();
      return thread;
    } catch (error) {
      await thread.terminate();
      throw error;
    } finally {
      clearInterval(timer);
    }
  }

  #check(): void {
    const thread = this.#thread;
    if (thread === undefined) return;
    const { answer, progress } = this.#limits;
    if (thread.waited > answer) this.#mutex.refuseAll(hangs());
    const isStopping = this.#options.stopping?.aborted === true;
    if (thread.stuck > (isStopping ? answer : progress)) thread.end(hangs());
  }

  /** Two threads on the same files would destroy them: the first one ends first. */
  #replace(thread: PgliteThread, cause: Error): void {
    if (this.#thread !== thread || this.#isClosed) return;
    this.#thread = undefined;
    if (codeOf(cause) === 'FOLDER_LOST') return this.#lose(cause);
    this.#mutex.refuseAll(reopening());
    const { log, stopping } = this.#options;
    log.error({ err: cause }, 'the embedded store failed, and is opened again');
    if (stopping?.aborted !== true) void this.#reopen(thread);
  }

  async #reopen(thread: PgliteThread): Promise<void> {
    const { log, stopping } = this.#options;
    await thread.terminate();
    for (;;) {
      await sleep(this.#limits.pause, undefined, { ref: false });
      if (this.#isClosed || stopping?.aborted === true) return;
      try {
        this.#thread = await this.#start();
        return log.info('the embedded store is open again');
      } catch (err) {
        log.error({ err }, 'the embedded store cannot be opened yet');
      }
    }
  }

  #lose(error: Error): void {
    this.#isClosed = true;
    this.#mutex.refuseAll(error);
    const { onLost = end } = this.#options;
    onLost(error);
  }
}

/** Undefined when it takes longer. */
async function within<T>(
  milliseconds: number,
  work: Promise<T>,
): Promise<T | undefined> {
  const timer = new AbortController();
  const late = sleep(milliseconds, undefined, timer).catch(() => undefined);
  const result = await Promise.race([work, late]);
  timer.abort();
  return result;
}

/** A gateway that lost its folder must not go on, and nobody has to catch this. */
function end(error: Error): void {
  setImmediate(() => {
    throw error;
  });
}

const hangs = () =>
  new GatewayError(
    'STORAGE_STALLED',
    'The embedded store does not answer: its disk is too slow, or hangs.',
    'Check the disk of GATEWAY_DATA. Meta sends the webhook again.',
  );

const reopening = () =>
  new GatewayError(
    'STORAGE_FAILED',
    'The embedded store failed, and is opened again.',
    'Check the disk of GATEWAY_DATA; the log says more.',
  );

const closed = () =>
  new GatewayError(
    'STORAGE_CLOSED',
    'The embedded store is closed.',
    'Start the gateway again.',
  );

const busy = () =>
  new GatewayError(
    'STORE_BUSY',
    'Too many requests wait for the embedded store.',
    'Ask again later, or use PostgreSQL with DATABASE_URL.',
  );
