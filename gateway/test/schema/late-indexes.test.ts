import { expect } from 'chai';
import { createLogger } from '../../src/core/logger';
import { indexNext, startIndexing } from '../../src/schema/late-indexes';
import { migrate } from '../../src/schema/migrations';
import { openPostgres } from '../../src/database/postgres';
import type { Database } from '../../src/database/database';
import { newDataFolder, openEmbedded } from '../support/folders';
import { newPostgresUrl } from '../support/postgres';
import { until } from '../support/waiting';

const log = createLogger('silent');

const NAMES = ['number_messages', 'number_notices', 'number_sent', 'sent_time'];
const NEW = NAMES.map(name => `events_${name}`);

const ADD_EVENT = `
  INSERT INTO whatsapp_gateway.events (id, key, kind, happened_at, item)
  VALUES (gen_random_uuid(), 'k', 'notices', now(), '{}')`;

/** As an earlier version left it. */
const GO_BACK = `
  ${ADD_EVENT};
  DELETE FROM whatsapp_gateway.migrations WHERE step >= 7;
  DROP TABLE whatsapp_gateway.restores, whatsapp_gateway.routes, whatsapp_gateway.route_runs,
    whatsapp_gateway.statistics, whatsapp_gateway.replays;
  DROP INDEX whatsapp_gateway.forwards_discarded;
  DROP INDEX ${NEW.map(name => `whatsapp_gateway.${name}`).join(', ')};
  CREATE INDEX events_exchanged ON whatsapp_gateway.events (happened_at, id)`;

async function indexesOf(database: Database): Promise<string[]> {
  const rows = await database.query<{ name: string }>(
    `SELECT indexname AS name FROM pg_catalog.pg_indexes
     WHERE schemaname = 'whatsapp_gateway' AND tablename = 'events' ORDER BY name`,
  );
  const chosen = [...NEW, 'events_exchanged'];
  return rows.map(({ name }) => name).filter(name => chosen.includes(name));
}

const OPEN = new Map<string, (test: Mocha.Context) => Promise<Database>>([
  ['embedded', async () => openEmbedded(await newDataFolder())],
  ['PostgreSQL', async test => openPostgres(await newPostgresUrl(test), log)],
]);

for (const [name, open] of OPEN) {
  describe(`the indexes of events (${name})`, () => {
    it('are there at once in an empty store, and made afterwards in one with events', async function () {
      const database = await open(this);
      await migrate(database);
      expect(await indexesOf(database)).to.deep.equal(NEW);
      await database.run(GO_BACK);

      await migrate(database);

      expect(await indexesOf(database)).to.deep.equal(['events_exchanged']);
      while (await indexNext(database, log));
      expect(await indexesOf(database)).to.deep.equal(NEW);
      await database.close();
    });
  });
}

describe('an index that is being made', () => {
  it('does not keep the gateway from stopping', async function () {
    const url = await newPostgresUrl(this);
    const [database, other] = [openPostgres(url, log), openPostgres(url, log)];
    await migrate(database);
    await database.run('DROP INDEX whatsapp_gateway.events_sent_time');
    const isMaking = async () => {
      const rows = await other.query(
        `SELECT FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX CONC%' AND state = 'active'`,
      );
      return rows.length > 0;
    };

    // It waits for whoever writes.
    await other.transaction(async session => {
      await session.query(ADD_EVENT);
      const stop = startIndexing(database, log);
      await until(isMaking, 'making an index');
      await stop();
    });

    while (await indexNext(database, log));
    expect(await indexesOf(database)).to.deep.equal(NEW);
    await Promise.all([database.close(), other.close()]);
  });
});

describe('an index that was not finished', () => {
  it('is made anew', async function () {
    const database = openPostgres(await newPostgresUrl(this), log);
    await migrate(database);
    const name = 'whatsapp_gateway.events_sent_time';
    await database.query(
      `UPDATE pg_catalog.pg_index SET indisvalid = false WHERE indexrelid = '${name}'::regclass`,
    );

    while (await indexNext(database, log));

    const [row] = await database.query(
      `SELECT indisvalid FROM pg_catalog.pg_index WHERE indexrelid = '${name}'::regclass`,
    );
    expect(row).to.deep.equal({ indisvalid: true });
    await database.close();
  });
});
