import { GatewayError } from '../core/errors';
import type { Logger } from '../core/logger';
import { repeatInBackground } from '../core/scheduling';
import type { Database, Session } from '../database/database';

/** Events that are brought into the tables at a time; webhooks wait as long. */
const CHUNK = 200;

type Place = { after_id: string; until_id: string };

const PLACE = `
  SELECT after_id, until_id FROM whatsapp_gateway.backfill
  FOR UPDATE SKIP LOCKED`;

// The place comes as values: of a join PostgreSQL may read all events before it.
const NEXT = `
  SELECT array_agg(id ORDER BY id) AS ids FROM (
    SELECT id FROM whatsapp_gateway.events
    WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3
  ) AS next`;

/**
 * Brings a chunk of what an earlier version stored into the tables of
 * conversations; whether there may be more to do. A crash loses at most
 * chunks that are then done again, which changes nothing.
 */
export async function backfillChunk(
  database: Database,
  size = CHUNK,
): Promise<boolean> {
  return database.transactionAsyncCommit(async session => {
    const [place] = await session.query<Place>(PLACE);
    if (place === undefined) return false;
    const [next] = await session.query<{ ids: string[] | null }>(NEXT, [
      place.after_id,
      place.until_id,
      size,
    ]);
    const ids = next?.ids ?? null;
    if (ids === null) {
      await session.query('DELETE FROM whatsapp_gateway.backfill');
      return false;
    }
    await session.query('SELECT whatsapp_gateway.add_events($1::uuid[])', [
      ids,
    ]);
    await session.query('UPDATE whatsapp_gateway.backfill SET after_id = $1', [
      ids.at(-1),
    ]);
    return true;
  });
}

/** Does all chunks in the background; returns how to end it. */
export function startBackfill(
  database: Database,
  log: Logger,
): () => Promise<void> {
  let isAdding = false;
  const work = async () => {
    const isMore = await backfillChunk(database);
    isAdding ||= isMore;
    if (isMore || !(await isDone(database))) return true;
    // Of empty tables it would be believed that they stay so.
    if (isAdding) await analyze(database);
    return false;
  };
  return repeatInBackground(work, err =>
    log.warn({ err }, 'conversations cannot be counted yet'),
  );
}

/** A server does this by itself, the embedded one never. */
async function analyze(database: Database): Promise<void> {
  if (!database.isEmbedded) return;
  for (const table of ['messages', 'conversations', 'people', 'notices']) {
    await database.query(`ANALYZE whatsapp_gateway.${table}`);
  }
}

/** Else another gateway is at it, and may be killed. */
async function isDone(database: Session): Promise<boolean> {
  const rows = await database.query('SELECT FROM whatsapp_gateway.backfill');
  return rows.length === 0;
}

/** Lists that are made of these tables would lack something. */
export async function checkReady(database: Session): Promise<void> {
  if (await isDone(database)) return;
  throw new GatewayError(
    'CONVERSATIONS_NOT_READY',
    'The conversations of events that an earlier version stored are being counted.',
    'Ask again in a minute; it happens once, after an update, and takes longer the more events are kept.',
  );
}
