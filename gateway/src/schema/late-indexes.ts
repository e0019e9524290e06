import type { Logger } from '../core/logger';
import { repeatInBackground } from '../core/scheduling';
import type { Database, Session } from '../database/database';

/** What tells about a message that was sent: its statuses and its echo. The indexes have the same condition. */
export const SENT = `direction = 'out' AND kind IN ('statuses', 'account') AND message_id IS NOT NULL`;

/**
 * Each list has an index in its order, and another one for each number. They
 * are not made in a step of the tables when there are events already: a million
 * take 6 seconds on a server, and 22 in the embedded store.
 */
const INDEXES: readonly (readonly [name: string, rows: string])[] = [
  ['events_sent_time', `(happened_at, id) WHERE ${SENT}`],
  [
    'events_number_messages',
    `(phone_number_id, happened_at, id) WHERE kind = 'messages'`,
  ],
  ['events_number_sent', `(phone_number_id, happened_at, id) WHERE ${SENT}`],
  [
    'events_number_notices',
    `(phone_number_id, happened_at, id) WHERE kind = 'notices'`,
  ],
];

const definitionOf = ([name, rows]: readonly [string, string], how = '') =>
  `CREATE INDEX ${how} ${name} ON whatsapp_gateway.events ${rows}`;

/** An index of earlier versions, which does for the lists until theirs are made. */
const DROP_OLD = 'DROP INDEX IF EXISTS whatsapp_gateway.events_exchanged';

/** Makes them where that takes no time. */
export const INDEX_EMPTY = `
  DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM whatsapp_gateway.events) THEN
      ${INDEXES.map(index => definitionOf(index)).join(';\n      ')};
      ${DROP_OLD};
    END IF;
  END $$`;

/** Of many millions of rows it takes minutes. */
const TIMEOUT = 3_600_000;

/** A server would go on for minutes; what is not finished is made anew. */
const CANCEL = `
  SELECT pg_cancel_backend(pid) FROM pg_catalog.pg_stat_activity
  WHERE datname = current_database() AND usename = current_user AND state = 'active'
    AND query LIKE 'CREATE INDEX CONCURRENTLY % ON whatsapp_gateway.events %'`;

/** Makes those that are missing, in the background; returns how to end it. */
export function startIndexing(
  database: Database,
  log: Logger,
): () => Promise<void> {
  let isMaking = false;
  const work = async () => {
    isMaking = true;
    try {
      return await indexNext(database, log);
    } finally {
      isMaking = false;
    }
  };
  const end = repeatInBackground(work, err =>
    log.warn({ err }, 'an index cannot be made yet'),
  );
  return async () => {
    const ended = end();
    if (isMaking && !database.isEmbedded) await database.query(CANCEL);
    await ended;
  };
}

/** Makes one; whether there may be more to do. */
export async function indexNext(
  database: Database,
  log: Logger,
): Promise<boolean> {
  if (database.isEmbedded) return makeNext(database, log);
  return database.transaction(async session => {
    const [lock] = await session.query<{ isOurs: boolean }>(LOCK);
    // Another gateway is at it.
    if (lock?.isOurs !== true) return false;
    return makeNext(database, log);
  }, TIMEOUT);
}

const LOCK = `SELECT pg_try_advisory_xact_lock(7164502381) AS "isOurs"`;

async function makeNext(database: Database, log: Logger): Promise<boolean> {
  const valid = await readIndexes(database);
  const next = INDEXES.find(([name]) => valid.get(name) !== true);
  if (next === undefined) {
    await database.run(DROP_OLD, TIMEOUT);
    return false;
  }
  const [name] = next;
  // One that was not finished is of no use.
  if (valid.has(name)) {
    await database.run(`DROP INDEX whatsapp_gateway.${name}`, TIMEOUT);
  }
  log.info({ index: name }, 'an index of what is stored is being made');
  const how = database.isEmbedded ? '' : 'CONCURRENTLY';
  await database.run(definitionOf(next, how), TIMEOUT);
  return true;
}

/** The names of the indexes that are there, and whether each is complete. */
async function readIndexes(session: Session): Promise<Map<string, boolean>> {
  const rows = await session.query<{ name: string; isValid: boolean }>(
    `SELECT relname AS name, indisvalid AS "isValid"
     FROM pg_catalog.pg_index JOIN pg_catalog.pg_class ON oid = indexrelid
     WHERE relnamespace = 'whatsapp_gateway'::regnamespace`,
  );
  return new Map(rows.map(({ name, isValid }) => [name, isValid]));
}
