import type { Destination } from '../settings/destination';
import type { Session } from '../database/database';
import type { Outgoing } from '../store/webhook-store';
import { compose, findTakers } from '../forward/compose';
import { rebuild } from './rebuild-webhook';
import type { KeptEvent } from './rebuild-webhook';
import type { Place, ReplayOptions, Step } from './replay-forwards';

const CHUNK = 200;

const IS_CHOSEN = `received_at >= $1::timestamptz AND received_at < $2::timestamptz
  AND kind = ANY($3::text[])`;

/** Events that a route never got. */
const CHOSEN = `
  SELECT id, key, kind, item,
    to_char(received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS time
  FROM whatsapp_gateway.events e
  WHERE ${IS_CHOSEN} AND (received_at, id) > ($4::timestamptz, $5::uuid)
    AND NOT EXISTS (
      SELECT FROM whatsapp_gateway.event_forwards link
      JOIN whatsapp_gateway.forwards f ON f.id = link.forward_id
      WHERE link.event_id = e.id AND f.route = $6)
  ORDER BY received_at, id LIMIT ${CHUNK}`;

/** They are kept no longer than their events. */
type Late = Outgoing & { received_at: string };

const INSERT = `
  WITH forward AS (
    SELECT * FROM json_to_recordset($1::json) AS forward (
      id uuid, route text, person text, counts json, body text,
      received_at timestamptz, events uuid[])),
  links AS (
    INSERT INTO whatsapp_gateway.event_forwards (event_id, forward_id)
    SELECT unnest(events), id FROM forward)
  INSERT INTO whatsapp_gateway.forwards (id, route, person, counts, body, received_at)
  SELECT id, route, person, counts, body, received_at FROM forward
  ORDER BY received_at, id`;

/** Two replays at the same time must not compose the same. */
const LOCK = 'SELECT pg_advisory_xact_lock(716451, hashtext($1))';

type Target = { route: string; destinations: readonly Destination[] };

/** Composes forwards of the next events that the route takes and never got. */
export async function replayEvents(
  session: Session,
  options: ReplayOptions,
  { route, destinations }: Target,
  place: Place,
): Promise<Step> {
  await session.query(LOCK, [route]);
  const values = [...valuesOf(options, { route, destinations }), place.time];
  const events = await session.query<KeptEvent>(CHOSEN, [
    ...[...values, place.id, route],
  ]);
  const outgoing: Late[] = [];
  let skipped = 0;
  for (const event of events) {
    const found = composeOne(event, { route, destinations });
    if (found === 'skipped') skipped += 1;
    else if (found !== undefined) outgoing.push(...found);
  }
  if (!options.dryRun && outgoing.length > 0) {
    await session.query(INSERT, [JSON.stringify(outgoing)]);
  }
  const last = events.length === CHUNK ? events.at(-1) : undefined;
  return {
    counts: { composed: outgoing.length, skipped },
    examined: events.length,
    ...(last && { place: { time: last.time, id: last.id } }),
  };
}

/** Undefined when the route does not take it. */
function composeOne(
  kept: KeptEvent,
  { route, destinations }: Target,
): Late[] | 'skipped' | undefined {
  const { kind, time } = kept;
  const item = JSON.parse(kept.item) as object;
  const takers = findTakers({ kind, item }, destinations);
  const destination = takers.find(({ name }) => name === route);
  if (destination === undefined) return undefined;
  const rebuilt = rebuild(kept);
  if (rebuilt === undefined) return 'skipped';
  const { webhook, event } = rebuilt;
  const composed = compose(webhook, [event], [event], destination);
  return composed.map(one => ({ ...one, received_at: time }));
}

export async function countEvents(
  session: Session,
  options: ReplayOptions,
  target: Target,
): Promise<number> {
  const [row] = await session.query<{ count: number }>(
    `SELECT count(*)::integer AS count FROM whatsapp_gateway.events WHERE ${IS_CHOSEN}`,
    valuesOf(options, target),
  );
  return row?.count ?? 0;
}

function valuesOf(
  { from, to, kind }: ReplayOptions,
  { route, destinations }: Target,
): unknown[] {
  const own = destinations.find(({ name }) => name === route);
  const kinds = (own?.match.kinds ?? []).filter(
    one => kind === undefined || one === kind,
  );
  return [from, to, kinds];
}
