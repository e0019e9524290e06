import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../logger';
import { createBatcher } from '../store/batch';
import type { Outbox, Result } from './outbox';

/** Notes what came of attempts. */
export interface Records {
  /** Returns when it is noted, or the gateway stops without. */
  add: (result: Result) => Promise<void>;
  /** Returns when all is noted, or cannot be. */
  close: () => Promise<void>;
}

const LINGER = 20;
const PAUSE = 1000;

/**
 * A delivery that is not noted would be made again, so it is tried until the
 * database can be reached. Results are noted together: one by one, each would
 * cost a sync of the disk.
 */
export function createRecords(outbox: Outbox, log: Logger): Records {
  let isClosing = false;

  async function insist(results: Result[]): Promise<void[]> {
    for (;;) {
      try {
        await outbox.note(results);
        return [];
      } catch (err) {
        const attempts = results.length;
        log.warn({ err, attempts }, 'attempts cannot be noted yet');
        if (isClosing) return [];
        await sleep(PAUSE);
      }
    }
  }

  const batcher = createBatcher<Result, void>(insist, { linger: LINGER });
  return {
    add: batcher.add,
    async close() {
      isClosing = true;
      await batcher.drain();
    },
  };
}
