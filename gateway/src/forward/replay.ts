import type { Database } from '../store/database';

/** Which forwards to send again: those stored in this time, `to` excluded. */
export type Span = { from: Date; to: Date; kind?: string | undefined };

/** How many forwards, by the state they had. */
export type Replayed = { delivered: number; dead: number };

type Row = { id: string; time: string; state: keyof Replayed };

const TABLE = 'whatsapp_gateway.forwards';

const IS_CHOSEN = `state IN ('delivered', 'dead')
  AND received_at >= $1::timestamptz AND received_at < $2::timestamptz
  AND ($3::text IS NULL OR (counts -> $3::text) IS NOT NULL)`;

const COUNT = `SELECT count(*) FILTER (WHERE state = 'delivered')::int AS delivered,
    count(*) FILTER (WHERE state = 'dead')::int AS dead
  FROM ${TABLE} WHERE ${IS_CHOSEN}`;

// A little at a time, so that webhooks need not wait. The cursor keeps out what
// was delivered anew meanwhile.
const CHUNK = 1000;

const REPLAY = `
  WITH chosen AS MATERIALIZED (
    SELECT id, received_at, state FROM ${TABLE}
    WHERE ${IS_CHOSEN} AND (received_at, id) > ($4::timestamptz, $5::uuid)
    ORDER BY received_at, id LIMIT ${CHUNK} FOR UPDATE),
  replayed AS (
    UPDATE ${TABLE} f
    SET state = 'waiting', tries = 0, due_at = now(), died_at = NULL, delivered_at = NULL
    FROM chosen WHERE f.id = chosen.id)
  SELECT id, state,
    to_char(received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS time
  FROM chosen ORDER BY received_at, id`;

export async function countReplay(
  database: Database,
  span: Span,
): Promise<Replayed> {
  const [row] = await database.reader.query<Replayed>(COUNT, valuesOf(span));
  return row ?? { delivered: 0, dead: 0 };
}

/** Has forwards sent again: with the same body and ID, and as much time as new ones. */
export async function replay(
  database: Database,
  span: Span,
): Promise<Replayed> {
  const total = { delivered: 0, dead: 0 };
  let last = { time: '-infinity', id: '00000000-0000-0000-0000-000000000000' };
  for (;;) {
    const values = [...valuesOf(span), last.time, last.id];
    const rows = await database.transaction(session =>
      session.query<Row>(REPLAY, values),
    );
    for (const { state } of rows) total[state] += 1;
    last = rows.at(-1) ?? last;
    if (rows.length < CHUNK) return total;
  }
}

const valuesOf = ({ from, to, kind }: Span) => [
  from.toISOString(),
  to.toISOString(),
  kind ?? null,
];
