import type { Database } from './database';

/** How many rows were deleted of each table. */
export type Deleted = {
  events: number;
  forwards: number;
  quarantine: number;
};

// A little at a time, so that webhooks need not wait.
const CHUNK = 1000;

const OLD = `received_at < now() - $1 * interval '1 day' LIMIT $2`;

const DELETE_EVENTS = `
  WITH deleted AS (
    DELETE FROM whatsapp_gateway.events WHERE id = ANY(ARRAY(
      SELECT id FROM whatsapp_gateway.events WHERE ${OLD}))
    RETURNING id),
  unlinked AS (
    DELETE FROM whatsapp_gateway.event_forwards
    WHERE event_id = ANY(ARRAY(SELECT id FROM deleted)))
  SELECT id FROM deleted`;

const DELETE_FORWARDS = `
  WITH deleted AS (
    DELETE FROM whatsapp_gateway.forwards WHERE id = ANY(ARRAY(
      SELECT id FROM whatsapp_gateway.forwards WHERE ${OLD}))
    RETURNING id),
  forgotten AS (
    DELETE FROM whatsapp_gateway.attempts
    WHERE forward_id = ANY(ARRAY(SELECT id FROM deleted)))
  SELECT id FROM deleted`;

const DELETE_QUARANTINE = `
  DELETE FROM whatsapp_gateway.quarantine WHERE id = ANY(ARRAY(
    SELECT id FROM whatsapp_gateway.quarantine WHERE ${OLD}))
  RETURNING id`;

/** Deletes what is older than so many days, delivered or not. */
export async function deleteOld(
  database: Database,
  days: number,
): Promise<Deleted> {
  const deleteSome = (text: string) =>
    inChunks(async () => (await database.query(text, [days, CHUNK])).length);
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
