import type { Backlog } from '../metrics';
import { pageOf } from '../store/cursor';
import type { Page, Place } from '../store/cursor';
import type { Database, Session } from '../store/database';
import { adviceFor } from './outcome';

/** A forward that was given up. What people wrote is not shown here. */
export type DeadForward = {
  id: string;
  receivedAt: string;
  diedAt: string;
  attempts: number;
  /** How many events of each kind are in it. */
  events: Record<string, number>;
  lastError: { code: string; statusCode?: number; fix: string };
};

type Row = {
  id: string;
  time: string;
  died: Date;
  attempts: number;
  counts: Record<string, number>;
  code: string | null;
  status: number | null;
};

const TABLE = 'whatsapp_gateway.forwards';

const SELECT = `
  SELECT id, attempts, counts, died_at AS died, last_code AS code, last_status AS status,
    to_char(received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS time
  FROM ${TABLE}
  WHERE state = 'dead'
    AND ($1::timestamptz IS NULL OR (received_at, id) > ($1, $2::uuid))
  ORDER BY received_at, id
  LIMIT $3`;

/** What was given up, the oldest first. */
export async function listDead(
  database: Session,
  { after, limit }: { after?: Place | undefined; limit: number },
): Promise<Page<DeadForward>> {
  const values = [after?.time ?? null, after?.key ?? null, limit + 1];
  const rows = await database.query<Row>(SELECT, values);
  return pageOf(rows, limit, ({ time, id }) => ({ time, key: id }), deadOf);
}

function deadOf({ id, time, died, attempts, counts, code, status }: Row) {
  const known = code ?? 'UNKNOWN';
  return {
    id,
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
  UPDATE ${TABLE} SET state = 'waiting', tries = 0, died_at = NULL
  WHERE id = $1 AND state = 'dead' RETURNING id`;

/** Has a dead forward tried again, with as much time as a new one. */
export async function retryDead(
  database: Database,
  id: string,
): Promise<'waiting' | 'not dead' | 'unknown'> {
  return database.transaction(async session => {
    const revived = await session.query(REVIVE, [id]);
    if (revived.length > 0) return 'waiting';
    const found = await session.query(`SELECT id FROM ${TABLE} WHERE id = $1`, [
      id,
    ]);
    return found.length > 0 ? 'not dead' : 'unknown';
  });
}

// One for each index of what waits, so that what was delivered is not read.
const WAITING = [
  'person IS NULL AND tries = 0',
  'person IS NULL AND tries > 0',
  'person IS NOT NULL',
].map(lane => `FROM ${TABLE} WHERE state = 'waiting' AND ${lane}`);

const COUNT_BACKLOG = `
  SELECT ${WAITING.map(lane => `(SELECT count(*) ${lane})`).join(' + ')} AS waiting,
    (SELECT count(*) FROM ${TABLE} WHERE state = 'dead') AS dead,
    extract(epoch FROM now() - least(${WAITING.map(
      lane => `(SELECT received_at ${lane} ORDER BY seq, id LIMIT 1)`,
    ).join(', ')})) AS age`;

/** How much waits, and how much is dead. */
export async function countBacklog(database: Session): Promise<Backlog> {
  const [row] =
    await database.query<Record<'waiting' | 'dead' | 'age', unknown>>(
      COUNT_BACKLOG,
    );
  return {
    waiting: Number(row?.waiting),
    dead: Number(row?.dead),
    oldestSeconds: Math.max(0, Number(row?.age ?? 0)),
  };
}
