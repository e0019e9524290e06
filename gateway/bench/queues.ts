import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { createOutbox } from '../src/forward/outbox';
import { nextId } from '../src/core/ids';
import { createLogger } from '../src/core/logger';
import { createBatcher } from '../src/core/scheduling';
import type { Database } from '../src/database/database';
import { migrate } from '../src/schema/migrations';
import { openPglite } from '../src/database/pglite';
import { openPostgres } from '../src/database/postgres';
import { PostgresServer } from '../test/support/postgres-server';

// What a forward costs in the gateway's outbox, and in pg-boss through its
// public functions. pg-boss is no dependency: install it somewhere, and name its file:
//   npm install pg-boss@10 --prefix /tmp/boss
//   npx tsx gateway/bench/queues.ts --boss /tmp/boss/node_modules/pg-boss/src/index.js
const { values } = parseArgs({
  options: {
    boss: { type: 'string' },
    rates: { type: 'string', default: '240,1000,2000' },
    seconds: { type: 'string', default: '15' },
  },
});
const SECONDS = Number(values.seconds);
const WARM_UP = 5;
const BODY = JSON.stringify({ object: 'x'.repeat(900) });
const TAKEN = 50;

/** Durably adds forwards, takes some of them for a while, and settles those. */
type Queue = {
  add: (ids: string[]) => Promise<void>;
  take: () => Promise<{ id: string }[]>;
  settle: (taken: { id: string }[]) => Promise<void>;
  stop: () => Promise<void>;
};

type Boss = {
  start: () => Promise<unknown>;
  createQueue: (name: string, options: object) => Promise<void>;
  insert: (jobs: object[], options?: object) => Promise<void>;
  fetch: (name: string, options: object) => Promise<{ id: string }[]>;
  complete: (name: string, ids: string[]) => Promise<void>;
  stop: (options: object) => Promise<void>;
  on: (event: string, listener: (error: Error) => void) => void;
};

const log = createLogger('silent');

console.log(
  '| store | queue | a second | stored p50 ms | p99 ms | until settled p50 ms | p99 ms |',
);
console.log('| --- | --- | ---: | ---: | ---: | ---: | ---: |');
for (const store of ['PostgreSQL', 'embedded']) {
  for (const rate of values.rates.split(',').map(Number)) {
    await compare(store, 'outbox', rate, createOutboxQueue);
    if (values.boss !== undefined) {
      await compare(store, 'pg-boss', rate, createBossQueue);
    }
  }
}

async function compare(
  store: string,
  name: string,
  rate: number,
  create: (database: Database) => Promise<Queue>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-bench-'));
  const server =
    store === 'embedded' ? undefined : await PostgresServer.create(folder);
  const database =
    server === undefined
      ? await openPglite(folder, { log })
      : openPostgres(server.url, log);
  try {
    await migrate(database);
    const queue = await create(database);
    await run(queue, rate, WARM_UP);
    const cells = await run(queue, rate, SECONDS);
    console.log(`| ${[store, name, ...cells].join(' | ')} |`);
    await queue.stop();
  } finally {
    await database.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Adds so many a second, while a consumer takes and settles them. */
async function run(
  queue: Queue,
  rate: number,
  seconds: number,
): Promise<string[]> {
  const total = rate * seconds;
  const addedAt = new Map<string, number>();
  const adding = createBatcher(async (ids: string[]) => {
    await queue.add(ids);
    return ids;
  });
  const stored: number[] = [];
  const start = performance.now();
  const settled = consume(queue, total, addedAt);
  for (let i = 0; i < total; await sleep(1)) {
    const due = Math.min(total, ((performance.now() - start) * rate) / 1000);
    for (; i < due; i++) void add(start + (i * 1000) / rate);
  }
  const times = await settled;
  const took = (performance.now() - start) / 1000;
  return [
    (total / took).toFixed(0),
    ...percentiles(stored),
    ...percentiles(times),
  ];

  async function add(dueAt: number): Promise<void> {
    const id = nextId();
    addedAt.set(id, dueAt);
    await adding.add(id);
    stored.push(performance.now() - dueAt);
  }
}

/** Returns the milliseconds from when each was due until it was settled. */
async function consume(
  queue: Queue,
  total: number,
  addedAt: Map<string, number>,
): Promise<number[]> {
  const times: number[] = [];
  const settling = createBatcher(
    async (taken: { id: string }[]) => {
      await queue.settle(taken);
      return taken;
    },
    { linger: 20 },
  );
  while (times.length < total) {
    const taken = await queue.take();
    for (const one of taken) void settle(one);
    if (taken.length < TAKEN) await sleep(50);
  }
  return times;

  async function settle(one: { id: string }): Promise<void> {
    await settling.add(one);
    times.push(performance.now() - (addedAt.get(one.id) ?? NaN));
  }
}

function percentiles(times: number[]): string[] {
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? NaN;
  return [at(0.5), at(0.99)].map(time => time.toFixed(1));
}

function createOutboxQueue(database: Database): Promise<Queue> {
  const outbox = createOutbox(database, { route: 'default', lease: 10_000 });
  return Promise.resolve({
    add: ids =>
      database.transaction(async session => {
        const forwards = ids.map(id => ({
          ...{ id, route: 'default', person: null, events: [id] },
          ...{ body: BODY, counts: { messages: 1 } },
        }));
        const parameters = [JSON.stringify(forwards), ids];
        await session.query(
          'SELECT whatsapp_gateway.store_forwards($1::json, $2::uuid[])',
          parameters,
        );
      }),
    take: () => outbox.claim(TAKEN),
    settle: taken =>
      outbox.record(
        taken.map(one => ({
          ...{ id: one.id, lease: (one as { lease?: string }).lease ?? '' },
          ...{ state: 'delivered', tries: 0, delay: 0, duration_ms: 5 },
          ...{ code: null, status: 200, content_type: 'application/json' },
          work_order_id: null,
        })),
      ),
    stop: async () => {},
  });
}

async function createBossQueue(database: Database): Promise<Queue> {
  const file = pathToFileURL(values.boss ?? '').href;
  const { default: PgBoss } = (await import(file)) as {
    default: new (options: object) => Boss;
  };
  const executeSql = async (text: string, parameters?: unknown[]) => ({
    rows: parameters?.length
      ? await database.query(text, parameters)
      : await database.run(text),
  });
  const boss = new PgBoss({ db: { executeSql }, schedule: false });
  boss.on('error', error => console.error(String(error)));
  await boss.start();
  await boss.createQueue('forward', { name: 'forward' });
  return {
    add: ids =>
      database.transaction(session =>
        boss.insert(
          ids.map(id => ({ name: 'forward', id, data: { body: BODY } })),
          {
            db: {
              executeSql: async (text: string, parameters?: unknown[]) => ({
                rows: await session.query(text, parameters),
              }),
            },
          },
        ),
      ),
    take: () => boss.fetch('forward', { batchSize: TAKEN }),
    settle: taken =>
      boss.complete(
        'forward',
        taken.map(({ id }) => id),
      ),
    stop: () => boss.stop({ graceful: false }),
  };
}
