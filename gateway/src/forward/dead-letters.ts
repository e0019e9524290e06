import { pageOf } from '../store/cursor';
import type { Page, Place } from '../store/cursor';
import type { Database, Session } from '../database/database';
import { FORWARDS, SEND_AGAIN } from '../schema/forwards';
import { adviceFor } from './outcome';

/** A forward that was given up. What people wrote is not shown here. */
export type DeadForward = {
  id: string;
  route: string;
  receivedAt: string;
  diedAt: string;
  attempts: number;
  /** How many events of each kind are in it. */
  events: Record<string, number>;
  lastError: { code: string; statusCode?: number; fix: string };
};

type Row = {
  id: string;
  route: string;
  time: string;
  died: Date;
  attempts: number;
  counts: Record<string, number>;
  code: string | null;
  status: number | null;
};

const SELECT = `
  SELECT id, route, attempts, counts, died_at AS died, last_code AS code, last_status AS status,
    to_char(received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS time
  FROM ${FORWARDS}
  WHERE state = 'dead'
    AND ($1::timestamptz IS NULL OR (received_at, id) > ($1, $2::uuid))
  ORDER BY received_at, id
  LIMIT $3`;

/** What was given up, the oldest first. */
export async function listDeadLetters(
  database: Session,
  { after, limit }: { after?: Place | undefined; limit: number },
): Promise<Page<DeadForward>> {
  const values = [after?.time ?? null, after?.key ?? null, limit + 1];
  const rows = await database.query<Row>(SELECT, values);
  return pageOf(rows, limit, ({ time, id }) => ({ time, key: id }), deadOf);
}

function deadOf(row: Row) {
  const { id, route, time, died, attempts, counts, code, status } = row;
  const known = code ?? 'UNKNOWN';
  return {
    id,
    route,
    receivedAt: new Date(time).toISOString(),
    diedAt: died.toISOString(),
    attempts,
    events: counts,
    lastError: {
      code: known,
      ...(status !== null && { statusCode: status }),
      fix: adviceFor(known),
    },
  };
}

const REVIVE = `
  UPDATE ${FORWARDS} SET ${SEND_AGAIN}
  WHERE id = $1 AND state = 'dead' RETURNING id`;

/** Has a dead forward tried again, with as much time as a new one. */
export async function retryDeadLetter(
  database: Database,
  id: string,
): Promise<'waiting' | 'not dead' | 'unknown'> {
  return database.transaction(async session => {
    const revived = await session.query(REVIVE, [id]);
    if (revived.length > 0) return 'waiting';
    const found = await session.query(
      `SELECT id FROM ${FORWARDS} WHERE id = $1`,
      [id],
    );
    return found.length > 0 ? 'not dead' : 'unknown';
  });
}
