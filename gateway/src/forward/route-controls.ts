import { isDeepStrictEqual } from 'node:util';
import type { Logger } from '../core/logger';
import type { Database, Session } from '../database/database';

/** What an operator has set for a route; it holds for all gateways that share the database. */
export type RouteControls = {
  /** Since when nothing of the route is sent. */
  pausedAt: Date | null;
  /** How many runs it may start in an hour. */
  hourlyBudget: number | null;
};

export const NO_CONTROLS: RouteControls = {
  pausedAt: null,
  hourlyBudget: null,
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

/** What operators have set, as this gateway last read it. */
export interface ControlWatch {
  of(route: string): RouteControls;
  /** Reads it now. */
  refresh(): Promise<void>;
  /** `listener` is called with the names of routes whose controls changed. */
  onChange(listener: (routes: string[]) => void): void;
  stop(): void;
}

type Options = {
  /** Milliseconds between two reads. */
  every: number;
  log: Logger;
};

/** Reads again and again what operators have set, also through other gateways. */
export async function watchControls(
  session: Session,
  { every, log }: Options,
): Promise<ControlWatch> {
  let current = await readControls(session);
  let listener: (routes: string[]) => void = () => {};
  let timer: NodeJS.Timeout;
  let isStopped = false;

  const of = (route: string) => current.get(route) ?? NO_CONTROLS;

  async function refresh(): Promise<void> {
    const before = current;
    current = await readControls(session);
    const routes = [...new Set([...before.keys(), ...current.keys()])];
    const changed = routes.filter(
      route => !isDeepStrictEqual(before.get(route) ?? NO_CONTROLS, of(route)),
    );
    if (changed.length > 0) listener(changed);
  }

  // What was read last holds while the database cannot be reached.
  const repeat = async () => {
    await refresh().catch((err: unknown) =>
      log.warn({ err }, 'the controls of routes cannot be read'),
    );
    if (!isStopped) timer = setTimeout(() => void repeat(), every);
  };
  timer = setTimeout(() => void repeat(), every);

  return {
    of,
    refresh,
    onChange: given => void (listener = given),
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
