import type { Database, Session } from '../store/database';

/** What an operator has set for a route; it holds for all gateways that share the database. */
export type RouteControls = {
  /** Since when nothing of the route is sent. */
  pausedAt: Date | null;
  /** How many runs it may start in an hour. */
  hourlyBudget: number | null;
};

/** What is missing stays as it is. */
export type ControlChange = {
  paused?: boolean;
  hourlyBudget?: number | null;
};

const TABLE = 'whatsapp_gateway.routes';

type Row = { name: string; paused: Date | null; budget: number | null };

/** What was set, by the names of routes. */
export async function readControls(
  session: Session,
): Promise<Map<string, RouteControls>> {
  const rows = await session.query<Row>(
    `SELECT name, paused_at AS paused, hourly_budget AS budget FROM ${TABLE}`,
  );
  return new Map(
    rows.map(({ name, paused, budget }) => [
      name,
      { pausedAt: paused, hourlyBudget: budget },
    ]),
  );
}

const CHANGE = `
  INSERT INTO ${TABLE} AS route (name, paused_at, hourly_budget)
  VALUES ($1, CASE WHEN $2::boolean THEN now() END, $4::integer)
  ON CONFLICT (name) DO UPDATE SET
    paused_at = CASE
      WHEN $2 IS NULL THEN route.paused_at
      WHEN $2 THEN coalesce(route.paused_at, now()) END,
    hourly_budget = CASE WHEN $3::boolean THEN $4 ELSE route.hourly_budget END`;

/** Pauses or resumes a route, or sets its budget. */
export async function changeControls(
  database: Database,
  name: string,
  { paused, hourlyBudget }: ControlChange,
): Promise<void> {
  const isBudgetSet = hourlyBudget !== undefined;
  const values = [name, paused ?? null, isBudgetSet, hourlyBudget ?? null];
  await database.transaction(session => session.query(CHANGE, values));
}
