import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { EventFilter } from '../src/console/api';
import { listEvents } from '../src/console/list-events';
import { readOverview } from '../src/console/overview';
import { readEvent } from '../src/console/read-event';
import { keepStatistics } from '../src/console/statistics';
import { createLogger } from '../src/core/logger';
import { createMetrics } from '../src/core/metrics';
import { countBacklog, createBacklogReader } from '../src/forward/backlog';
import { listDeadLetters } from '../src/forward/dead-letters';
import { backfillChunk } from '../src/store/backfill';
import { listConversations } from '../src/store/conversations';
import type { Database } from '../src/database/database';
import { indexNext } from '../src/schema/late-indexes';
import { listMessages } from '../src/store/messages';
import { migrate } from '../src/schema/migrations';
import { openPglite } from '../src/database/pglite';
import { openPostgres } from '../src/database/postgres';
import { readMessageState } from '../src/store/statuses';
import { PostgresServer } from '../test/support/postgres-server';
import { fill } from './fill';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000' },
    people: { type: 'string', default: '100000' },
    store: { type: 'string', default: 'postgres' },
    /** Forwards that wait, of four in ten events that have one. */
    waiting: { type: 'string', default: '1000' },
    times: { type: 'string', default: '20' },
    // Of a database that is kept, so that filling it happens once.
    url: { type: 'string' },
    folder: { type: 'string' },
  },
});

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
  if (kept === undefined) {
    await fill(database, {
      events: Number(values.events),
      people: Number(values.people),
      waiting: Number(values.waiting),
    });
  }
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
    'event_forwards',
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

async function measureAll(database: Database): Promise<void> {
  const [sent] = await database.query<{ id: string }>(
    `SELECT message_id AS id FROM whatsapp_gateway.events WHERE kind = 'statuses' LIMIT 1`,
  );
  const reads = {
    ...readsOf(database, sent?.id ?? ''),
    ...(await consoleReadsOf(database)),
  };
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
    '/events/dead': () => listDeadLetters(database, { limit }),
  };
}

/** What the pages of the console ask for. */
async function consoleReadsOf(
  database: Database,
): Promise<Record<string, () => Promise<unknown>>> {
  const metrics = createMetrics();
  const statistics = await keepStatistics({ database, metrics, log });
  await statistics.stop();
  const backlog = createBacklogReader(database);
  const [event] = await database.query<{ id: string }>(
    `SELECT event_id AS id FROM whatsapp_gateway.event_forwards LIMIT 1`,
  );
  const list = (filter: EventFilter) => () =>
    listEvents(database, filter, undefined);
  const week = new Date(Date.now() - 7 * 24 * 3600_000).toISOString();
  return {
    '/metrics': () => countBacklog(database),
    'console, overview of a week': () =>
      readOverview(database, { statistics, backlog }, 'week', undefined),
    'console, events': list({}),
    'console, events until a week ago': list({ to: week }),
    'console, notices': list({ kind: 'notices' }),
    'console, a number without events': list({ phoneNumberId: '1' }),
    'console, a person': list({ contact: '254700000007' }),
    'console, dead forwards': list({ state: 'dead' }),
    'console, set aside (none)': list({ state: 'setAside' }),
    'console, without forward': list({ state: 'none' }),
    'console, one event': () => readEvent(database, event?.id ?? ''),
  };
}
