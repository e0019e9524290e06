import { createQueue } from '../../src/forward/queue';
import type { Queue } from '../../src/forward/queue';
import { createLogger } from '../../src/logger';
import type { Database } from '../../src/store/database';
import { migrate } from '../../src/store/migrations';
import { openPglite } from '../../src/store/pglite';
import { openPostgres } from '../../src/store/postgres';
import { createWriter } from '../../src/store/writer';
import type { Write } from '../../src/store/writer';
import { newDataFolder } from './folders';
import { newPostgresUrl } from './postgres';

const WEEK = 7 * 24 * 3600;
const LEASE = 60;

/** A store with its queue, as a gateway has it. */
export type Store = { database: Database; queue: Queue; write: Write };

const log = createLogger('silent');
const stores = new Map<string, Promise<Store>>();

const OPEN = new Map<string, (test: Mocha.Context) => Promise<Database>>([
  ['embedded', async () => openPglite(await newDataFolder())],
  ['PostgreSQL', async test => openPostgres(await newPostgresUrl(test), log)],
]);

/** The same tests for the embedded store and for PostgreSQL, each time with an empty one. */
export function describeStores(
  title: string,
  define: (store: () => Store) => void,
): void {
  for (const [name, open] of OPEN) {
    describe(`${title} (${name})`, function () {
      let store: Store;

      before(async function () {
        const opening = stores.get(name) ?? start(await open(this));
        stores.set(name, opening);
        store = await opening;
      });

      beforeEach(() => clear(store));

      define(() => store);
    });
  }
}

async function start(database: Database): Promise<Store> {
  await migrate(database);
  const queue = createQueue(database, LEASE, log);
  await queue.start();
  return { database, queue, write: createWriter(database, queue, WEEK) };
}

async function clear({ database }: Store): Promise<void> {
  await database.query('DELETE FROM whatsapp_gateway.events');
  await database.query('DELETE FROM whatsapp_gateway.forwards');
  await database.query('DELETE FROM whatsapp_gateway_queue.job');
}

after(async () => {
  for (const opening of stores.values()) {
    const { queue, database } = await opening;
    await queue.stop();
    await database.close();
  }
});
