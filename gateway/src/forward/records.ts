import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../logger';
import { createBatcher } from '../store/batch';
import type { Outbox } from './outbox';

/** Notes what OpenFn has taken. */
export interface Records {
  add: (id: string) => void;
  /** Returns when all is noted, or cannot be. */
  close: () => Promise<void>;
}

const LINGER = 20;
const PAUSE = 1000;

/**
 * A delivery that is not noted would be made again, so it is tried until the
 * database can be reached. Deliveries are noted together: one by one, each
 * would cost a sync of the disk.
 */
export function createRecords(outbox: Outbox, log: Logger): Records {
  let isClosing = false;

  async function insist(ids: string[]): Promise<void[]> {
    for (;;) {
      try {
        await outbox.delivered(ids);
        return [];
      } catch (err) {
        const forwards = ids.length;
        log.warn({ err, forwards }, 'deliveries cannot be noted yet');
        if (isClosing) return [];
        await sleep(PAUSE);
      }
    }
  }

  const batcher = createBatcher<string, void>(insist, { linger: LINGER });
  return {
    add: id => void batcher.add(id),
    async close() {
      isClosing = true;
      await batcher.drain();
    },
  };
}
