import type { Database } from '../database/database';

/** How many rows were deleted of each table. */
export type Deleted = {
  events: number;
  forwards: number;
  quarantine: number;
};

// A little at a time, so that webhooks need not wait.
const CHUNK = 1000;

/** Deletes rows that are older than $1 days, at most $2, and what hangs on them. */
const deleteFrom = (table: string, others: string, column: string) => `
  WITH deleted AS (
    DELETE FROM whatsapp_gateway.${table} WHERE id = ANY(ARRAY(
      SELECT id FROM whatsapp_gateway.${table}
      WHERE received_at < now() - $1 * interval '1 day' LIMIT $2))
    RETURNING id),
  others AS (
    DELETE FROM whatsapp_gateway.${others}
    WHERE ${column} = ANY(ARRAY(SELECT id FROM deleted)))
  SELECT id FROM deleted`;

const DELETE_EVENTS = deleteFrom('events', 'event_forwards', 'event_id');
const DELETE_FORWARDS = deleteFrom('forwards', 'attempts', 'forward_id');

const DELETE_QUARANTINE = `
  DELETE FROM whatsapp_gateway.quarantine WHERE id = ANY(ARRAY(
    SELECT id FROM whatsapp_gateway.quarantine
    WHERE received_at < now() - $1 * interval '1 day' LIMIT $2))
  RETURNING id`;

// Counts for the hour before, which nobody needs any more.
const DELETE_RUNS = `DELETE FROM whatsapp_gateway.route_runs
  WHERE minute < now() - interval '2 hours'`;

const DELETE_REPLAYS = `DELETE FROM whatsapp_gateway.replays
  WHERE finished_at < now() - $1 * interval '1 day'`;

/** Deletes what is older than so many days, delivered or not. */
export async function deleteOld(
  database: Database,
  days: number,
): Promise<Deleted> {
  const deleteSome = (text: string) =>
    inChunks(async () => (await database.query(text, [days, CHUNK])).length);
  await database.query(DELETE_RUNS);
  await database.query(DELETE_REPLAYS, [days]);
  return {
    events: await deleteSome(DELETE_EVENTS),
    forwards: await deleteSome(DELETE_FORWARDS),
    quarantine: await deleteSome(DELETE_QUARANTINE),
  };
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
