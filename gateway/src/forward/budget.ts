import { ROUTE_RUNS } from '../schema/forwards';
import type { Session } from '../database/database';

const WINDOW = `minute >= date_trunc('minute', now() - interval '1 hour')`;

/** How many runs a route has started within the last hour, to the minute. */
export async function countRuns(
  session: Session,
): Promise<Map<string, number>> {
  const rows = await session.query<{ route: string; runs: number }>(
    `SELECT route, greatest(0, sum(count))::integer AS runs FROM ${ROUTE_RUNS}
     WHERE ${WINDOW} GROUP BY route`,
  );
  return new Map(rows.map(({ route, runs }) => [route, runs]));
}

/** Any number, as long as all gateways take the same. */
const LOCK = `SELECT pg_advisory_xact_lock(716450, hashtext($1))`;

/** How many runs are left in a transaction, in which no other gateway takes of the route. */
export async function countRunsLeft(
  session: Session,
  route: string,
  budget: number,
): Promise<number> {
  await session.query(LOCK, [route]);
  // Counted only now: what another gateway took meanwhile is committed.
  return Math.max(0, budget - ((await countRuns(session)).get(route) ?? 0));
}
