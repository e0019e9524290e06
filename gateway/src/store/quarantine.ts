import { GatewayError } from '../core/errors';
import { nextId } from '../core/ids';
import type { Page, Place } from './cursor';
import { pageOf } from './cursor';
import type { Database, Session } from '../database/database';

/** Why a signed body is not an event. */
export type Reason = 'NOT_JSON' | 'NOT_A_WEBHOOK';

/** A signed body that could not be read, without its content. */
export type Quarantined = {
  id: string;
  receivedAt: string;
  reason: Reason;
  /** Bytes. */
  size: number;
};

const MB = 1024 * 1024;
/** What is kept at most, of all bodies together. */
const LIMITS = { bytes: 64 * MB, rows: 10_000 };

const TABLE = 'whatsapp_gateway.quarantine';

// Base64, because the two stores take bytes in different ways.
const INSERT = `
  INSERT INTO ${TABLE} (id, reason, size, body)
  SELECT $1::uuid, $2::text, $3::integer, decode($4::text, 'base64')
  FROM (SELECT count(*) AS rows, coalesce(sum(size), 0) AS bytes FROM ${TABLE}) AS kept
  WHERE kept.rows < $5::integer AND kept.bytes + $3::integer <= $6::integer
  RETURNING id`;

/** Returns when the body is on disk; fails when no more can be kept. */
export async function quarantine(
  database: Database,
  reason: Reason,
  body: Buffer,
  { bytes, rows } = LIMITS,
): Promise<void> {
  const base64 = body.toString('base64');
  const values = [nextId(), reason, body.length, base64, rows, bytes];
  const kept = await database.transaction(session =>
    session.query(INSERT, values),
  );
  if (kept.length === 0) throw full();
}

const SELECT = `
  SELECT id, reason, size,
    to_char(received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS time
  FROM ${TABLE}
  WHERE $1::timestamptz IS NULL OR (received_at, id) > ($1, $2::uuid)
  ORDER BY received_at, id
  LIMIT $3`;

type Row = { id: string; reason: Reason; size: number; time: string };

/** What is kept, the oldest first. */
export async function listQuarantine(
  database: Session,
  { after, limit }: { after?: Place | undefined; limit: number },
): Promise<Page<Quarantined>> {
  const values = [after?.time ?? null, after?.key ?? null, limit + 1];
  const rows = await database.query<Row>(SELECT, values);
  return pageOf(
    rows,
    limit,
    ({ time, id }) => ({ time, key: id }),
    ({ time, id, reason, size }) => ({
      ...{ id, receivedAt: new Date(time).toISOString() },
      ...{ reason, size },
    }),
  );
}

/** The bytes as Meta sent them. */
export async function readQuarantined(
  database: Session,
  id: string,
): Promise<Buffer | undefined> {
  const [row] = await database.query<{ base64: string }>(
    `SELECT encode(body, 'base64') AS base64 FROM ${TABLE} WHERE id = $1`,
    [id],
  );
  return row && Buffer.from(row.base64, 'base64');
}

/** Whether there was one. */
export async function deleteQuarantined(
  database: Database,
  id: string,
): Promise<boolean> {
  const deleted = await database.transaction(session =>
    session.query(`DELETE FROM ${TABLE} WHERE id = $1 RETURNING id`, [id]),
  );
  return deleted.length > 0;
}

function full(): GatewayError {
  return new GatewayError(
    'QUARANTINE_FULL',
    'A signed body cannot be read, and the quarantine is full.',
    'Look at GET /quarantine, and delete what you have seen. Meta sends this one again for 7 days.',
  );
}
