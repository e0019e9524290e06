import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { dump } from '../../src/backup/dump';
import { readEntries } from '../../src/backup/format';
import { restore } from '../../src/backup/restore';
import type { Database } from '../../src/database/database';
import { createLogger } from '../../src/core/logger';
import { migrate } from '../../src/schema/migrations';
import { openPostgres } from '../../src/database/postgres';
import { quarantine } from '../../src/store/quarantine';
import { arrival } from '../support/arrivals';
import { newDataFolder, openEmbedded } from '../support/folders';
import { textWebhook } from '../support/payloads';
import { newPostgresUrl } from '../support/postgres';
import { rejects } from '../support/rejects';
import { describeStores } from '../support/stores';

const log = createLogger('silent');

const contentOf = async (database: Database) => {
  let text = '';
  for await (const chunk of dump(database)) text += chunk;
  return text;
};
/** Without the header, which has an ID and a time, and the trailer. */
const rowsOf = (content: string) => content.split('\n').slice(1, -2);

const conversations = (database: Database) =>
  database.query(
    'SELECT * FROM whatsapp_gateway.conversations ORDER BY person',
  );

async function* linesOf(content: string): AsyncGenerator<string> {
  await Promise.resolve();
  yield* content.split('\n').slice(0, -1);
}

describeStores('backup', store => {
  const fill = async () => {
    const { database, write } = store();
    for (let i = 0; i < 12; i++) {
      const texts = Array.from({ length: 100 }, (_, j) =>
        textWebhook(`${i}-${j} \u2028 é 😀 "\n`),
      );
      await write(texts.map(text => arrival(text)));
    }
    await write([arrival(textWebhook('x'.repeat(1_500_000)))]);
    await quarantine(database, 'NOT_JSON', Buffer.from([0, 255, 10, 34]));
    await database.query(
      `INSERT INTO whatsapp_gateway.attempts (forward_id, number, duration_ms)
       SELECT id, 1, 5 FROM whatsapp_gateway.forwards`,
    );
    await database.query(
      `INSERT INTO whatsapp_gateway.route_runs (route, minute, count)
       VALUES ('default', '2026-11-20T08:00:00Z', 3), ('Zeta', '2026-11-20T08:00:00Z', 4)`,
    );
    await database.query(
      `INSERT INTO whatsapp_gateway.statistics (at, gateway, counts)
       SELECT now() - i * interval '1 minute', gen_random_uuid(), '{"events":{}}'
       FROM generate_series(1, 700) AS i`,
    );
  };

  it('is restored into an empty store exactly, also after an interruption', async () => {
    await fill();
    const content = await contentOf(store().database);
    const other = await openEmbedded(await newDataFolder());

    const broken = linesOf(content.slice(0, content.length / 2));
    await rejects(restore(other, readEntries(broken)), 'BACKUP_DAMAGED');
    const counts = await restore(other, readEntries(linesOf(content)));

    expect(counts).to.include({ events: 1201, attempts: 1201, quarantine: 1 });
    expect(counts).to.include({ route_runs: 2, statistics: 700 });
    expect(rowsOf(await contentOf(other))).to.deep.equal(rowsOf(content));
    expect(await conversations(other)).to.deep.equal(
      await conversations(store().database),
    );
    const { message } = await rejects(
      restore(other, readEntries(linesOf(content))),
      'STORE_NOT_EMPTY',
    );
    expect(message).to.include('(events, forwards, quarantine)');
    await other.close();
  });

  it('is restored into a store that has nothing but an alert', async () => {
    await store().write([arrival(textWebhook('Hello'))]);
    const content = await contentOf(store().database);
    const other = await openEmbedded(await newDataFolder());
    await other.query(`INSERT INTO whatsapp_gateway.alerts
      VALUES ('STORAGE_DOWN', 'store', '{}', 1, true)`);

    await restore(other, readEntries(linesOf(content)));

    expect(rowsOf(await contentOf(other))).to.deep.equal(rowsOf(content));
    await other.close();
  });

  it('is restored into a PostgreSQL server exactly', async function () {
    await fill();
    const content = await contentOf(store().database);
    const server = openPostgres(await newPostgresUrl(this), log);
    await migrate(server);

    await restore(server, readEntries(linesOf(content)));

    expect(rowsOf(await contentOf(server))).to.deep.equal(rowsOf(content));
    expect(await conversations(server)).to.deep.equal(
      await conversations(store().database),
    );
    await server.close();
  });

  it('is restored when an older version made it, which knew fewer tables', async () => {
    await store().write([arrival(textWebhook('Hello'))]);
    const lines = (await contentOf(store().database)).split('\n').slice(0, -2);
    const older = lines.filter(
      line => !/^#\{"table":"(replays|route_runs|statistics)"/.test(line),
    );
    const body = older.map(line => `${line}\n`).join('');
    const sha256 = createHash('sha256').update(body).digest('hex');
    const counts = {
      ...{ events: 1, forwards: 1, event_forwards: 1, attempts: 0 },
      ...{ alerts: 0, routes: 0, quarantine: 0 },
    };
    const content = `${body}#${JSON.stringify({ counts, sha256 })}\n`;
    const other = await openEmbedded(await newDataFolder());

    const restored = await restore(other, readEntries(linesOf(content)));

    expect(restored).to.include({ events: 1, forwards: 1, statistics: 0 });
    await other.close();
  });

  it('is restored into its own store when that was emptied', async () => {
    const { database, write } = store();
    await write([arrival(textWebhook('Hello'))]);
    const content = await contentOf(database);
    for (const table of ['events', 'forwards', 'event_forwards']) {
      await database.query(`DELETE FROM whatsapp_gateway.${table}`);
    }

    await restore(database, readEntries(linesOf(content)));

    expect(rowsOf(await contentOf(database))).to.deep.equal(rowsOf(content));
    const [{ next } = { next: 0 }] = await database.query<{ next: number }>(
      "SELECT nextval('whatsapp_gateway.forwards_seq')::integer AS next",
    );
    const [{ last } = { last: 0 }] = await database.query<{ last: number }>(
      'SELECT max(seq)::integer AS last FROM whatsapp_gateway.forwards',
    );
    expect(next).to.be.greaterThan(last);
  });

  it('is refused when anything in it was changed', async () => {
    await store().write([arrival(textWebhook('Hello'))]);
    const content = await contentOf(store().database);

    for (const changed of [
      content.replace('Hello', 'Hallo'),
      content.replace(/\n\{.*/, ''),
      content.slice(content.indexOf('\n') + 1),
      `${content}{}\n`,
      '',
    ]) {
      const read = async () => {
        for await (const entry of readEntries(linesOf(changed))) void entry;
      };
      await rejects(read(), 'BACKUP_DAMAGED');
    }
  });
});
