import PgBoss from 'pg-boss';
import type { Logger } from '../logger';
import type { Database, Session } from '../store/database';

/** The order of what is to be forwarded; the same for all gateways on a database. */
export interface Queue {
  start: () => Promise<void>;
  add: (session: Session, ids: string[]) => Promise<void>;
  /** Takes the oldest that are due: for the seconds of the lease, nobody else gets them. */
  take: (count: number) => Promise<string[]>;
  /** Puts back, due after some seconds, in the old place of the order. */
  putBack: (session: Session, ids: string[], seconds?: number) => Promise<void>;
  /** Makes due what waits for its time. */
  hasten: (session: Session, ids: string[]) => Promise<void>;
  remove: (session: Session, ids: string[]) => Promise<void>;
  stop: () => Promise<void>;
}

const NAME = 'forward';
const SCHEMA = 'whatsapp_gateway_queue';
const JOBS = `${SCHEMA}.job`;

// How often is our business: what we put back must never run out of retries, nor of time.
const ENDLESS = { retryLimit: 2_000_000_000, retentionMinutes: 60 * 24 * 3650 };

// The index of pg-boss does not know the order: 100,000 waiting jobs would be sorted for each one taken.
const INDEX = `CREATE INDEX IF NOT EXISTS forward_order ON ${JOBS} (created_on, id)
  WHERE state < 'active'`;

/** A queue of pg-boss in our database; `lease` is in seconds. */
export function createQueue(
  database: Database,
  lease: number,
  log: Logger,
): Queue {
  const boss = new PgBoss({
    db: bossOn(database),
    schema: SCHEMA,
    schedule: false,
    maintenanceIntervalSeconds: Math.max(1, Math.round(lease / 4)),
  });
  boss.on('error', err => log.warn({ err }, 'the queue was not maintained'));
  return {
    start: () => startBoss(boss, database, lease),
    add: (session, ids) =>
      boss.insert(
        ids.map(id => ({ name: NAME, id })),
        on(session),
      ),
    take: count => take(boss, count),
    async putBack(session, ids, seconds = 0) {
      if (ids.length === 0) return;
      // @ts-expect-error The types of pg-boss know no list of IDs beside data.
      await boss.fail(NAME, ids, {}, on(session));
      if (seconds > 0) await setDue(session, ids, seconds);
    },
    hasten: (session, ids) => setDue(session, ids, 0),
    async remove(session, ids) {
      if (ids.length > 0) await boss.deleteJob(NAME, ids, on(session));
    },
    stop: () => boss.stop({ graceful: false }),
  };
}

async function startBoss(boss: PgBoss, database: Database, lease: number) {
  await boss.start();
  await boss.createQueue(NAME, {
    name: NAME,
    ...ENDLESS,
    retryDelay: 0,
    expireInSeconds: lease,
  });
  // Both for when the setting was changed; a job keeps the lease it was made with.
  // Only then: after an outage so many wait that writing all would take too long.
  await boss.updateQueue(NAME, { name: NAME, expireInSeconds: lease });
  await database.query(
    `UPDATE ${JOBS} SET expire_in = $2 * interval '1 second'
     WHERE name = $1 AND expire_in <> $2 * interval '1 second'`,
    [NAME, lease],
  );
  await database.query(INDEX);
  if (database.isEmbedded) await reclaim(boss, database);
}

/** What a killed process had taken is free again at once when no other can have it. */
async function reclaim(boss: PgBoss, database: Database): Promise<void> {
  const jobs = await database.query<{ id: string }>(
    `SELECT id FROM ${JOBS} WHERE name = $1 AND state = 'active'`,
    [NAME],
  );
  if (jobs.length === 0) return;
  await boss.fail(
    NAME,
    jobs.map(({ id }) => id),
  );
}

/** The jobs come in any order, so they are sorted again. */
async function take(boss: PgBoss, count: number): Promise<string[]> {
  const jobs = await boss.fetch(NAME, {
    batchSize: count,
    includeMetadata: true,
    priority: false,
  });
  return jobs
    .map(({ id, createdOn }) => ({ id, time: createdOn.getTime() }))
    .sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id);
}

/** pg-boss has no call for this; its own backoff has no upper limit. */
async function setDue(session: Session, ids: string[], seconds: number) {
  await session.query(
    `UPDATE ${JOBS} SET start_after = now() + $3 * interval '1 second'
     WHERE name = $1 AND id = ANY($2::uuid[]) AND state < 'active'`,
    [NAME, ids, seconds],
  );
}

function bossOn(database: Database): PgBoss.Db {
  return {
    executeSql: async (text: string, values?: unknown[]) => ({
      rows: values?.length
        ? await database.query(text, values)
        : await database.run(text),
    }),
  };
}

function on(session: Session): PgBoss.ConnectionOptions {
  return {
    db: {
      executeSql: async (text: string, values?: unknown[]) => ({
        rows: await session.query(text, values),
      }),
    },
  };
}
