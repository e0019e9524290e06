import {
  setImmediate as turn,
  setTimeout as sleep,
} from 'node:timers/promises';

/** A sleep that can be ended from outside. */
export interface WakeableSleep {
  /** Ends the sleep; when nobody sleeps, the next one does not begin. */
  wake(): void;
  sleep(milliseconds: number): Promise<void>;
}

export function createWakeableSleep(): WakeableSleep {
  let finish: (() => void) | undefined;
  let isWoken = false;
  return {
    wake() {
      isWoken = true;
      finish?.();
    },
    async sleep(milliseconds) {
      if (!isWoken) {
        await new Promise<void>(resolve => {
          const timer = setTimeout(resolve, milliseconds);
          finish = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      finish = undefined;
      isWoken = false;
    },
  };
}

const PAUSE_AFTER_FAILURE = 10_000;

/**
 * Repeats a piece of work in the background until it says that there is no
 * more; returns how to end it. Between two pieces it rests as long as the last
 * one took, because webhooks may have to wait for it.
 */
export function repeatInBackground(
  work: () => Promise<boolean>,
  onFailure: (error: unknown) => void,
): () => Promise<void> {
  const end = new AbortController();
  const { signal } = end;
  const rest = (time: number) =>
    sleep(time, undefined, { signal }).catch(() => undefined);
  const run = async () => {
    while (!signal.aborted) {
      const start = performance.now();
      let pause = 0;
      try {
        if (!(await work())) return;
      } catch (error) {
        if (signal.aborted) return;
        onFailure(error);
        pause = PAUSE_AFTER_FAILURE;
      }
      await rest(pause + performance.now() - start);
    }
  };
  const running = run();
  return async () => {
    end.abort();
    await running;
  };
}

/** Gathers what is added at the same time, so that it is written at once. */
export interface Batcher<Item, Result> {
  /** How many items wait to be written. */
  readonly size: number;
  add(item: Item): Promise<Result>;
  /** Resolves when all that was added is written. */
  drain: () => Promise<void>;
}

type Entry<Item, Result> = {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
};

/**
 * One write at a time; what is added meanwhile is the next batch. `linger` is
 * how many milliseconds a batch waits for more.
 */
export function createBatcher<Item, Result>(
  write: (items: Item[]) => Promise<Result[]>,
  { most = 200, linger = 0 }: { most?: number; linger?: number } = {},
): Batcher<Item, Result> {
  const waiting: Entry<Item, Result>[] = [];
  let writing: Promise<void> | undefined;

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      // The embedded store works in this thread and without a break, so all
      // that has already arrived is let in first: else each would be a batch.
      await (linger > 0 ? sleep(linger) : turn());
      await writeBatch(waiting.splice(0, most));
    }
    writing = undefined;
  }

  async function writeBatch(entries: Entry<Item, Result>[]): Promise<void> {
    try {
      const results = await write(entries.map(({ item }) => item));
      entries.forEach(({ resolve }, i) => resolve(results[i] as Result));
    } catch (error) {
      for (const { reject } of entries) reject(error);
    }
  }

  return {
    get size() {
      return waiting.length;
    },
    add: item =>
      new Promise<Result>((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        writing ??= writeAll();
      }),
    drain: async () => {
      await writing;
    },
  };
}
