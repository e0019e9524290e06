import type { Logger } from '../core/logger';
import type { Destination } from '../settings/destination';
import type { Database } from '../database/database';
import { createWakeableSleep } from '../core/scheduling';
import { stepReplay } from './replay-jobs';

type Parts = {
  database: Database;
  destinations: readonly Destination[];
  /** Something is to be forwarded. */
  wake: () => void;
  log: Logger;
};

/** Does replays in the background. */
export interface ReplayRunner {
  /** There may be a new one. */
  wake(): void;
  stop(): Promise<void>;
}

// Others may have noted one, or left one when they ended.
const POLL = 2_000;

export function startReplays(parts: Parts): ReplayRunner {
  const { database, destinations, wake, log } = parts;
  const sleeper = createWakeableSleep();
  let isStopping = false;

  async function step(): Promise<boolean> {
    try {
      const hasMore = await stepReplay(database, destinations);
      if (hasMore) wake();
      return hasMore;
    } catch (err) {
      log.warn({ err }, 'a replay cannot go on');
      return false;
    }
  }

  async function run(): Promise<void> {
    while (!isStopping) {
      const hasMore = await step();
      if (!hasMore) await sleeper.sleep(POLL);
    }
  }

  const running = run();
  return {
    wake: sleeper.wake,
    async stop() {
      isStopping = true;
      sleeper.wake();
      await running;
    },
  };
}
