import { GatewayError } from '../errors';
import { createBatcher } from './batch';
import { isAboutData } from './writer';
import type { Arrival, Stored, Write } from './writer';

export interface WebhookStore {
  /** Returns when the webhook is on disk; `size` in bytes. */
  add(arrival: Arrival, size: number): Promise<Stored>;
  drain: () => Promise<void>;
}

type Outcome = { stored: Stored } | { error: unknown };

type Admission = {
  /** Throws when nothing new may be stored. */
  admit?: () => void;
  /** Milliseconds after which a webhook is refused. Meta sends it again. */
  patience?: number;
};

const PATIENCE = 5_000;
const MOST_WEBHOOKS = 100;
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Webhooks that arrive together are stored in one transaction: the disk then
 * syncs once for all of them. Too many waiting ones are refused, and Meta
 * sends them again.
 */
export function createWebhookStore(
  write: Write,
  { admit = () => {}, patience = PATIENCE }: Admission = {},
): WebhookStore {
  const batcher = createBatcher<Arrival, Outcome>(
    arrivals => writeSafely(write, arrivals),
    { most: MOST_WEBHOOKS },
  );
  let bytes = 0;
  return {
    async add(arrival, size) {
      admit();
      if (bytes + size > MOST_BYTES) throw busy();
      bytes += size;
      // What takes too long is still in memory.
      const storing = batcher.add(arrival).finally(() => (bytes -= size));
      const outcome = await within(patience, storing);
      if ('error' in outcome) throw outcome.error;
      return outcome.stored;
    },
    drain: batcher.drain,
  };
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(slow()), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** One webhook that the database cannot hold must not take others with it. */
async function writeSafely(
  write: Write,
  arrivals: Arrival[],
): Promise<Outcome[]> {
  try {
    return (await write(arrivals)).map(stored => ({ stored }));
  } catch (error) {
    if (arrivals.length === 1 || !isAboutData(error)) throw error;
    const outcomes: Outcome[] = [];
    for (const arrival of arrivals)
      outcomes.push(await writeOne(write, arrival));
    return outcomes;
  }
}

async function writeOne(write: Write, arrival: Arrival): Promise<Outcome> {
  try {
    const [stored] = await write([arrival]);
    return { stored: stored as Stored };
  } catch (error) {
    return { error };
  }
}

function busy(): GatewayError {
  return new GatewayError(
    'STORE_BUSY',
    'More webhooks are waiting to be stored than memory is set aside for.',
    'Meta sends this one again; if it lasts, give the database a faster disk.',
  );
}

function slow(): GatewayError {
  return new GatewayError(
    'STORAGE_SLOW',
    'The store took too long for a webhook.',
    'Meta sends it again, and it is stored once; if it lasts, check the disk or the database.',
  );
}
