import type { Queue } from '../forward/queue';
import type { Database } from './database';

/** How many rows were deleted of each table. */
export type Deleted = { events: number; forwards: number };

// A little at a time, so that webhooks need not wait.
const CHUNK = 1000;

const DELETE_EVENTS = `
  DELETE FROM whatsapp_gateway.events WHERE id IN (
    SELECT id FROM whatsapp_gateway.events
    WHERE received_at < now() - $1 * interval '1 day' LIMIT $2)
  RETURNING id`;

const DELETE_FORWARDS = `
  DELETE FROM whatsapp_gateway.forwards WHERE id IN (
    SELECT id FROM whatsapp_gateway.forwards
    WHERE received_at < now() - $1 * interval '1 day' LIMIT $2)
  RETURNING id`;

/** Deletes what is older than so many days, delivered or not. */
export async function deleteOld(
  database: Database,
  queue: Queue,
  days: number,
): Promise<Deleted> {
  const events = await inChunks(async () => {
    const rows = await database.query(DELETE_EVENTS, [days, CHUNK]);
    return rows.length;
  });
  const forwards = await inChunks(() =>
    database.transaction(async session => {
      const rows = await session.query<{ id: string }>(DELETE_FORWARDS, [
        days,
        CHUNK,
      ]);
      await queue.remove(
        session,
        rows.map(({ id }) => id),
      );
      return rows.length;
    }),
  );
  return { events, forwards };
}

async function inChunks(deleteSome: () => Promise<number>): Promise<number> {
  let total = 0;
  let count: number;
  do {
    count = await deleteSome();
    total += count;
  } while (count === CHUNK);
  return total;
}
