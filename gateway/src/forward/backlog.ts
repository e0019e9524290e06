import type { Logger } from '../logger';
import type { Backlog } from '../metrics';
import type { Session } from '../store/database';
import { FORWARDS } from './lanes';

// One for each index of what waits, so that what was delivered is not read.
const WAITING = [
  'person IS NULL AND tries = 0',
  'person IS NULL AND tries > 0',
  'person IS NOT NULL',
].map(lane => `state = 'waiting' AND ${lane}`);

const counts = (condition: string, waiting: string, dead: string) =>
  `SELECT route, ${waiting} AS waiting, ${dead} AS dead
   FROM ${FORWARDS} WHERE ${condition} GROUP BY route`;

const oldest = (condition: string) =>
  `(SELECT received_at FROM ${FORWARDS}
    WHERE ${condition} AND route = totals.route ORDER BY seq, id LIMIT 1)`;

const COUNT = `
  WITH counts AS (
    ${WAITING.map(lane => counts(lane, 'count(*)', '0')).join(' UNION ALL ')}
    UNION ALL ${counts("state = 'dead'", '0', 'count(*)')}),
  totals AS (
    SELECT route, sum(waiting)::integer AS waiting, sum(dead)::integer AS dead
    FROM counts GROUP BY route)
  SELECT route, waiting, dead,
    greatest(0, extract(epoch FROM now() - least(${WAITING.map(oldest).join(', ')})))::float8 AS age
  FROM totals ORDER BY route`;

type Row = { route: string; waiting: number; dead: number; age: number | null };

/** How much waits and how much is dead of each route that has either. */
export async function countBacklog(session: Session): Promise<Backlog[]> {
  const rows = await session.query<Row>(COUNT);
  return rows.map(({ age, ...row }) => ({ ...row, oldestSeconds: age ?? 0 }));
}

/** What waits for routes that the settings do not have is said, because nobody sends it. */
export async function warnOfLost(
  session: Session,
  routes: readonly string[],
  log: Logger,
): Promise<void> {
  const backlog = await countBacklog(session);
  for (const { route, waiting, oldestSeconds } of backlog) {
    if (waiting === 0 || routes.includes(route)) continue;
    const oldest = new Date(Date.now() - oldestSeconds * 1000).toISOString();
    log.warn(
      { route, waiting, oldest, fix: LOST },
      'forwards wait for a route that is not configured',
    );
  }
}

const LOST =
  'Name a route so again in ROUTES_FILE, or give them to another one: openfn-whatsapp-gateway replay --from TIME --to TIME --route NAME --move-to OTHER. They are kept until RETENTION_DAYS.';
