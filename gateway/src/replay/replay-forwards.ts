import type { Session } from '../database/database';
import { FORWARDS, SEND_AGAIN } from '../schema/forwards';

/** What to send again: what was stored in this time, `to` excluded. */
export type ReplayOptions = {
  from: string;
  to: string;
  /** Only with an event of this kind. */
  kind?: string;
  /** Only of this route. */
  route?: string;
  /** `sent`: what the route got before; `new`: events that it never got. */
  only?: 'sent' | 'new';
  /** Gives what waits for the route, and what is dead, to this one. */
  moveTo?: string;
  /** Only counts. */
  dryRun: boolean;
};

/** How far a replay is, in the order of times and IDs. */
export type Place = { time: string; id: string };

export const START: Place = {
  time: '-infinity',
  id: '00000000-0000-0000-0000-000000000000',
};

/** What was found; forwards by the state they had. */
export type ReplayCounts = {
  delivered: number;
  dead: number;
  waiting: number;
  /** Events for which a forward was composed anew. */
  composed: number;
  /** Events that cannot be put into Meta's shape again. */
  skipped: number;
};

/** A piece of a replay: what it found, and where the next begins; without, there is no more. */
export type Step = {
  counts: Partial<ReplayCounts>;
  examined: number;
  place?: Place;
};

// What is on the way to a destination stays with it.
const IS_CHOSEN = `received_at >= $1::timestamptz AND received_at < $2::timestamptz
  AND ($3::text IS NULL OR (counts -> $3::text) IS NOT NULL)
  AND ($4::text IS NULL OR route = $4)
  AND CASE WHEN $5::text IS NULL THEN state IN ('delivered', 'dead')
    ELSE state IN ('waiting', 'dead')
      AND (leased_until IS NULL OR leased_until < now()) END`;

// A little at a time, so that webhooks need not wait. The cursor keeps out what
// was delivered anew meanwhile.
const CHUNK = 1000;

const CHOSEN = `SELECT id, received_at, state FROM ${FORWARDS}
  WHERE ${IS_CHOSEN} AND (received_at, id) > ($6::timestamptz, $7::uuid)
  ORDER BY received_at, id LIMIT ${CHUNK}`;

const LIST = `SELECT id, state,
    to_char(received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS time
  FROM chosen ORDER BY received_at, id`;

const COUNT = `WITH chosen AS (${CHOSEN}) ${LIST}`;

const REPLAY = `
  WITH chosen AS MATERIALIZED (${CHOSEN} FOR UPDATE),
  replayed AS (
    UPDATE ${FORWARDS} f
    SET ${SEND_AGAIN}, route = coalesce($5, route)
    FROM chosen WHERE f.id = chosen.id)
  ${LIST}`;

type Row = Place & { state: 'delivered' | 'dead' | 'waiting' };

/** Has the next forwards sent again. */
export async function replayForwards(
  session: Session,
  options: ReplayOptions,
  place: Place,
): Promise<Step> {
  const text = options.dryRun ? COUNT : REPLAY;
  const values = [...valuesOf(options), place.time, place.id];
  const rows = await session.query<Row>(text, values);
  const counts = { delivered: 0, dead: 0, waiting: 0 };
  for (const { state } of rows) counts[state] += 1;
  const last = rows.length === CHUNK ? rows.at(-1) : undefined;
  return {
    ...{ counts, examined: rows.length },
    ...(last && { place: { time: last.time, id: last.id } }),
  };
}

export async function countForwards(
  session: Session,
  options: ReplayOptions,
): Promise<number> {
  const [row] = await session.query<{ count: number }>(
    `SELECT count(*)::integer AS count FROM ${FORWARDS} WHERE ${IS_CHOSEN}`,
    valuesOf(options),
  );
  return row?.count ?? 0;
}

const valuesOf = ({ from, to, kind, route, moveTo }: ReplayOptions) => [
  ...[from, to, kind ?? null, route ?? null, moveTo ?? null],
];
