import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createLogger } from '../src/logger';
import { listDead } from '../src/forward/dead';
import { backfillChunk } from '../src/store/backfill';
import { listConversations } from '../src/store/conversations';
import type { Database } from '../src/store/database';
import { indexNext } from '../src/store/late-indexes';
import { listMessages } from '../src/store/messages';
import { migrate } from '../src/store/migrations';
import { openPglite } from '../src/store/pglite';
import { openPostgres } from '../src/store/postgres';
import { readMessageState } from '../src/store/statuses';
import { PostgresServer } from '../test/support/postgres-server';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000' },
    people: { type: 'string', default: '100000' },
    store: { type: 'string', default: 'postgres' },
    times: { type: 'string', default: '20' },
    // Of a database that is kept, so that filling it happens once.
    url: { type: 'string' },
    folder: { type: 'string' },
  },
});
const EVENTS = Number(values.events);
const PEOPLE = Number(values.people);
const CHUNK = 20_000;
const DAYS = 80;

/**
 * Events as an earlier version stored them, the same each time: of five, two are
 * messages from a person and three the statuses of one to the same person. Every
 * hundredth is a notice. Half of the people wrote much less than the others.
 */
const fill = (from: number, to: number) =>
  `
  INSERT INTO whatsapp_gateway.events (id, key, kind, direction, message_id,
    contact, user_id, name, phone_number_id, happened_at, received_at, window_ends_at, item)
  SELECT lpad(to_hex(i), 12, '0')::text || substr(md5(i::text), 1, 20), 'k' || md5(i::text),
    kind, CASE kind WHEN 'messages' THEN 'in' WHEN 'statuses' THEN 'out' END,
    mid, contact, CASE WHEN i % 3 = 0 THEN 'KE.' || contact END,
    CASE WHEN kind = 'messages' THEN 'Name ' || contact END,
    '10654035224292' || person % 2, at, at,
    CASE WHEN kind = 'messages' THEN at + interval '1 day' END,
    json_build_object('id', mid, 'status', (ARRAY['sent', 'delivered', 'read'])[1 + i % 3],
      'from', contact, 'timestamp', at, 'raw', json_build_object('text', repeat('x', 300)))
  FROM (
    SELECT i, person, (254700000000 + person)::text AS contact,
      'wamid.HBgMMjU0NzAwMDAwMDAwFQIAERgSQ0' ||
        CASE WHEN i % 5 < 2 THEN 'a' || i ELSE 'b' || i / 5 END AS mid,
      CASE WHEN i % 100 = 0 THEN 'notices' WHEN i % 5 < 2 THEN 'messages' ELSE 'statuses' END AS kind,
      now() - (${EVENTS} - i) * interval '${DAYS} days' / ${EVENTS} AS at
    FROM (
      SELECT i, (pow((hashint4(i / 5)::bigint + 2147483648) / 4294967296.0, 2) * ${PEOPLE})::int AS person
      FROM generate_series(${from}, ${to}) AS i
    ) AS numbered
  ) AS event`
    .replace(
      '::text || substr(md5(i::text), 1, 20)',
      ' || substr(md5(i::text), 1, 20))::uuid',
    )
    .replace('SELECT lpad(', 'SELECT (lpad(');

const FORWARDS = `
  INSERT INTO whatsapp_gateway.forwards (id, state, counts, body, died_at, last_code)
  SELECT gen_random_uuid(), 'dead', '{"messages":1}', '{}', now(), 'HTTP_404'
  FROM generate_series(1, 10000)`;

const log = createLogger('silent');
const kept = values.folder ?? values.url;
const folder = values.folder ?? mkdtempSync(join(tmpdir(), 'gateway-bench-'));
const server =
  values.store === 'postgres' && kept === undefined
    ? await PostgresServer.create(folder)
    : undefined;
const database =
  values.store === 'postgres'
    ? openPostgres(
        values.url ?? (await server?.createDatabase('bench')) ?? '',
        log,
      )
    : await openPglite(folder, { log });
try {
  await prepare(database);
  await measureAll(database);
} finally {
  await database.close();
  await server?.stop();
  if (kept === undefined) rmSync(folder, { recursive: true, force: true });
}

async function prepare(database: Database): Promise<void> {
  await migrate(database);
  const [kept] = await database.query(
    'SELECT FROM whatsapp_gateway.events LIMIT 1',
  );
  if (kept === undefined) await store(database);
  const start = performance.now();
  while (await backfillChunk(database));
  while (await indexNext(database, log));
  const seconds = (performance.now() - start) / 1000;
  console.log(`backfill: ${seconds.toFixed(1)} s`);
  for (const table of [
    'events',
    'messages',
    'conversations',
    'people',
    'forwards',
  ]) {
    await database.query(`VACUUM (ANALYZE) whatsapp_gateway.${table}`);
    const [size] = await database.query<{ bytes: number; rows: number }>(
      `SELECT pg_total_relation_size('whatsapp_gateway.${table}')::float AS bytes,
         (SELECT count(*)::int FROM whatsapp_gateway.${table}) AS rows`,
    );
    if (size)
      console.log(table, size.rows, `${Math.round(size.bytes / 1e6)} MB`);
  }
}

async function store(database: Database): Promise<void> {
  const trigger = (state: string) =>
    database.query(
      `ALTER TABLE whatsapp_gateway.events ${state} TRIGGER events_insert`,
    );
  await trigger('DISABLE');
  for (let from = 1; from <= EVENTS; from += CHUNK) {
    await database.query(fill(from, Math.min(from + CHUNK - 1, EVENTS)));
  }
  await trigger('ENABLE');
  await database.query(FORWARDS);
  await database.query(`INSERT INTO whatsapp_gateway.backfill
    SELECT '00000000-0000-0000-0000-000000000000', id
    FROM whatsapp_gateway.events ORDER BY id DESC LIMIT 1`);
}

async function measureAll(database: Database): Promise<void> {
  const [sent] = await database.query<{ id: string }>(
    `SELECT message_id AS id FROM whatsapp_gateway.events WHERE kind = 'statuses' LIMIT 1`,
  );
  const reads = readsOf(database, sent?.id ?? '');
  console.log(
    '| request | fastest ms | median ms | longest ms |\n| --- | ---: | ---: | ---: |',
  );
  for (const [name, read] of Object.entries(reads)) {
    const times: number[] = [];
    await read();
    for (let i = 0; i < Number(values.times); i++) {
      const start = performance.now();
      await read();
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    const shown = [times[0], times[times.length >> 1], times.at(-1)];
    const cells = shown.map(time => time?.toFixed(1));
    console.log(`| \`${name}\` | ${cells.join(' | ')} |`);
  }
}

/** Every route that reads, by what is asked of it. */
function readsOf(
  database: Database,
  id: string,
): Record<string, () => Promise<unknown>> {
  const contact = '254700000007';
  const since = new Date(Date.now() - 7 * 24 * 3600_000);
  const until = new Date(Date.now() - 6 * 24 * 3600_000);
  const limit = 100;
  return {
    '/messages': () => listMessages(database, { limit }),
    '/messages?direction=inbound': () =>
      listMessages(database, { limit, direction: 'inbound' }),
    '/messages?direction=outbound': () =>
      listMessages(database, { limit, direction: 'outbound' }),
    '/messages?since=': () => listMessages(database, { limit, since }),
    '/messages?contact=': () => listMessages(database, { limit, contact }),
    '/messages?contact=&direction=outbound&since=': () =>
      listMessages(database, { limit, contact, direction: 'outbound', since }),
    '/messages?phoneNumberId= (no messages)': () =>
      listMessages(database, { limit, phoneNumberId: '1' }),
    '/notices': () => listMessages(database, { limit, kind: 'notices' }),
    '/notices?contact=': () =>
      listMessages(database, { limit, kind: 'notices', contact }),
    '/messages/:id/status': () => readMessageState(database, id),
    '/conversations': () => listConversations(database, { limit }),
    '/conversations?limit=1000': () =>
      listConversations(database, { limit: 1000 }),
    '/conversations?since=': () =>
      listConversations(database, { limit, since }),
    '/conversations?since=&until=': () =>
      listConversations(database, { limit, since, until }),
    '/conversations?until=': () =>
      listConversations(database, { limit, until }),
    '/events/dead': () => listDead(database, { limit }),
  };
}
