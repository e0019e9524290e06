import { createApp } from './app';
import { createDeliver } from './forward/deliver';
import { Forwarder } from './forward/forwarder';
import { createOutbox } from './forward/outbox';
import { PACE } from './forward/pace';
import type { Pace } from './forward/pace';
import { createQueue } from './forward/queue';
import type { Queue } from './forward/queue';
import { createKeys } from './http/authorize';
import { listen } from './http/server';
import type { Logger } from './logger';
import { createMetrics } from './metrics';
import type { Metrics } from './metrics';
import type { Settings } from './settings/settings';
import { startBackfill } from './store/backfill';
import type { Database } from './store/database';
import { exclusively } from './store/exclusive';
import { migrate } from './store/migrations';
import { openDatabase } from './store/open';
import { createWebhookStore } from './store/store-webhook';
import { startUpkeep } from './store/upkeep';
import { createWriter } from './store/writer';

export type Parts = {
  settings: Settings;
  log: Logger;
  pace?: Pace;
  metrics?: Metrics;
};

export type Running = {
  url: string;
  port: number;
  /** Takes the keys and the app secrets of these settings. */
  replaceKeys: (settings: Settings) => void;
  stop: () => Promise<void>;
};

/** How to end what was started, the first first. */
type Ends = (() => unknown)[];

type Ground = Required<Parts> & {
  database: Database;
  queue: Queue;
  /** Seconds for which a gateway has what it took from the queue. */
  lease: number;
};

/** Starts a gateway; when one part cannot be started, those before are ended. */
export async function startGateway(parts: Parts): Promise<Running> {
  const ends: Ends = [];
  const stop = () => endAll(ends);
  try {
    const ground = await startGround(parts, ends);
    return { ...(await startServing(ground, ends)), stop };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}

/** One that fails to end does not keep the others from it. */
async function endAll(ends: Ends): Promise<void> {
  const failures: unknown[] = [];
  for (const end of ends.splice(0).reverse()) {
    try {
      await end();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

async function startGround(parts: Parts, ends: Ends): Promise<Ground> {
  const { settings, log, pace = PACE, metrics = createMetrics() } = parts;
  const database = await openDatabase(settings, log);
  ends.push(() => database.close());
  // Longer than any attempt takes, so that nothing is taken while it is on the way.
  const lease = 4 * settings.forwardTimeout + 5;
  const queue = createQueue(database, lease, log);
  ends.push(() => queue.stop());
  await exclusively(database, async () => {
    await migrate(database);
    await queue.start();
  });
  return { settings, log, pace, metrics, database, queue, lease };
}

async function startServing(ground: Ground, ends: Ends) {
  const { settings, database, queue, pace } = ground;
  const { retentionDays } = settings;
  ends.push(startUpkeep({ ...ground, retentionDays }));
  ends.push(startBackfill(database, ground.log));
  const forwarder = startForwarder(ground);
  ends.push(() => forwarder?.stop());
  const patience = pace.giveUpAfter / 1000;
  const store = createWebhookStore(createWriter(database, queue, patience));
  ends.push(() => store.drain());
  const wake = () => forwarder?.wake();
  const keys = createKeys(settings);
  const app = createApp({ ...ground, keys, store, wake, patience });
  const { url, port, close } = await listen(app, settings);
  ends.push(close);
  return { url, port, replaceKeys: keys.replace };
}

function startForwarder(ground: Ground): Forwarder | undefined {
  const { settings, database, queue, lease } = ground;
  const { openfnWebhookUrl: url, openfnApiKey: apiKey } = settings;
  if (url === undefined) return undefined;
  const timeout = settings.forwardTimeout * 1000;
  const forwarder = new Forwarder({
    ...ground,
    outbox: createOutbox(database, queue),
    deliver: createDeliver({ url, apiKey, timeout }),
    concurrency: settings.forwardConcurrency,
    leave: {
      work: lease * 1000 - 2 * timeout,
      hold: lease * 1000 - timeout,
    },
  });
  forwarder.start();
  return forwarder;
}
