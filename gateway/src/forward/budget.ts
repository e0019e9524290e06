import type { Session } from '../store/database';
import { FAILURES_THAT_MAY_RUN } from './outcome';

const TABLE = 'whatsapp_gateway.route_runs';

const WINDOW = `minute >= date_trunc('minute', now() - interval '1 hour')`;

/**
 * Adds to the runs of a route. A forward counts from when it is taken, so that
 * gateways that take at the same time stay within the budget together; what was
 * put back, or has surely started no run, is taken off again. `rows` are the
 * columns route and count.
 */
export const addRuns = (rows: string) => `
  INSERT INTO ${TABLE} AS runs (route, minute, count)
  SELECT route, date_trunc('minute', now()), count FROM (${rows}) AS rows
  WHERE count <> 0
  ON CONFLICT (route, minute) DO UPDATE SET count = runs.count + excluded.count`;

/** The runs to take off for rows with a route. */
export const takenOff = (rows: string) =>
  `SELECT route, -count(*)::integer AS count FROM ${rows} GROUP BY route`;

/** Whether an attempt with this code has surely started no run. */
export const STARTED_NO_RUN = `code IS NOT NULL AND code NOT IN (${FAILURES_THAT_MAY_RUN.map(
  code => `'${code}'`,
).join(', ')})`;

/** How many runs a route has started within the last hour, to the minute. */
export async function countRuns(
  session: Session,
): Promise<Map<string, number>> {
  const rows = await session.query<{ route: string; runs: number }>(
    `SELECT route, greatest(0, sum(count))::integer AS runs FROM ${TABLE}
     WHERE ${WINDOW} GROUP BY route`,
  );
  return new Map(rows.map(({ route, runs }) => [route, runs]));
}

/** Any number, as long as all gateways take the same. */
const LOCK = `SELECT pg_advisory_xact_lock(716450, hashtext($1))`;

/** How many runs are left in a transaction, in which no other gateway takes of the route. */
export async function runsLeft(
  session: Session,
  route: string,
  budget: number,
): Promise<number> {
  await session.query(LOCK, [route]);
  // Counted only now: what another gateway took meanwhile is committed.
  return Math.max(0, budget - ((await countRuns(session)).get(route) ?? 0));
}
