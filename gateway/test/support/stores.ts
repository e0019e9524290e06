import { createAlertTable } from '../../src/alerts/alert-table';
import { createLogger } from '../../src/core/logger';
import type { Database } from '../../src/database/database';
import { migrate } from '../../src/schema/migrations';
import { openPostgres } from '../../src/database/postgres';
import { createWriter } from '../../src/store/webhook-store';
import type { Write } from '../../src/store/webhook-store';
import { newDataFolder, openEmbedded } from './folders';
import { newPostgresUrl } from './postgres';

/** A store, as a gateway has it. */
export type Store = { database: Database; write: Write };

const log = createLogger('silent');
const stores = new Map<string, Promise<Store>>();

const OPEN = new Map<string, (test: Mocha.Context) => Promise<Database>>([
  ['embedded', async () => openEmbedded(await newDataFolder())],
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
  const keep = createAlertTable(database).addIn;
  return { database, write: createWriter(database, { keep }) };
}

async function clear({ database }: Store): Promise<void> {
  const tables = [
    'events',
    'forwards',
    'event_forwards',
    'attempts',
    'quarantine',
    'alerts',
    'routes',
    'route_runs',
    'replays',
    'statistics',
  ];
  for (const table of tables) {
    await database.query(`DELETE FROM whatsapp_gateway.${table}`);
  }
}

after(async () => {
  for (const opening of stores.values()) {
    const { database } = await opening;
    await database.close();
  }
});
