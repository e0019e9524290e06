import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as v from 'valibot';
import type { BacklogReader } from '../forward/backlog';
import { countRuns } from '../forward/budget';
import type { Destination } from '../settings/destination';
import { changeControls, readControls } from '../forward/route-controls';
import type {
  ControlChange,
  ControlWatch,
  RouteControls,
} from '../forward/route-controls';
import { authorize } from '../http/authorize';
import type { Keys } from '../http/authorize';
import { respondError } from '../http/error-response';
import type { Database } from '../database/database';
import { parseBody } from './parameters';

export type ControlParts = {
  database: Database;
  keys: Keys;
  destinations: Pick<Destination, 'name' | 'hourlyBudget'>[];
  controls: ControlWatch;
  backlog: BacklogReader;
};

/** A route of forwards, and what an operator has set for it. */
export type RouteState = {
  name: string;
  /** Whether the settings have a route of this name. */
  configured: boolean;
  paused: boolean;
  pausedAt?: string;
  /** What an operator has set; null when the file of routes holds, if it has a budget. */
  hourlyBudget: number | null;
  /** What the file of routes says. */
  configuredBudget: number | null;
  runsLastHour: number;
  waiting: number;
  dead: number;
  oldestWaitingSeconds: number;
};

/** The routes that forwards take: pause, resume, and how many runs an hour. */
export function createControlRoutes(parts: ControlParts): Hono {
  return new Hono()
    .use('/routes/*', authorize(parts.keys, 'operate'))
    .route('/', createControlHandlers(parts));
}

/** The same for the console, which knows by its session who asks. */
export function createControlHandlers(parts: Omit<ControlParts, 'keys'>): Hono {
  const { database, controls } = parts;
  return new Hono()
    .use('/routes/*', bodyLimit({ maxSize: 1000 }))
    .get('/routes', async context =>
      context.json({ data: await listRoutes(parts) }),
    )
    .patch('/routes/:name', async context => {
      const name = context.req.param('name');
      const body: unknown = await context.req.json().catch(() => undefined);
      const change = parseBody(changeSchema, body);
      const known = await listRoutes(parts);
      if (!known.some(route => route.name === name)) {
        return respondError(context, 404, 'UNKNOWN_ROUTE', ...UNKNOWN_ROUTE);
      }
      await changeControls(database, name, change);
      await controls.refresh();
      const changed = await listRoutes(parts);
      return context.json(changed.find(route => route.name === name));
    });
}

const UNKNOWN_ROUTE = [
  'There is no route with this name.',
  'Take a name from GET /routes.',
] as const;

/** In the order of the settings; at the end, those that are there no longer. */
async function listRoutes(
  parts: Omit<ControlParts, 'keys' | 'controls'>,
): Promise<RouteState[]> {
  const { reader } = parts.database;
  const controls = await readControls(reader);
  const runs = await countRuns(reader);
  const backlog = await parts.backlog.read();
  const configured = new Map(parts.destinations.map(one => [one.name, one]));
  const others = [...controls.keys(), ...backlog.map(({ route }) => route)];
  return [...new Set([...configured.keys(), ...others])].map(name => {
    const waits = backlog.find(({ route }) => route === name);
    return {
      name,
      configured: configured.has(name),
      ...stateOf(controls.get(name)),
      configuredBudget: configured.get(name)?.hourlyBudget ?? null,
      runsLastHour: runs.get(name) ?? 0,
      waiting: waits?.waiting ?? 0,
      dead: waits?.dead ?? 0,
      oldestWaitingSeconds: Math.floor(waits?.oldestSeconds ?? 0),
    };
  });
}

function stateOf(controls: RouteControls | undefined) {
  const { pausedAt = null, hourlyBudget = null } = controls ?? {};
  return {
    paused: pausedAt !== null,
    ...(pausedAt !== null && { pausedAt: pausedAt.toISOString() }),
    hourlyBudget,
  };
}

const MOST_RUNS = 1_000_000;
const BUDGET = `Write a whole number from 1 to ${MOST_RUNS}, or null for no limit.`;
const NAMES = 'Write paused or hourlyBudget.';

const changeSchema: v.GenericSchema<unknown, ControlChange> = v.pipe(
  v.strictObject(
    {
      paused: v.exactOptional(v.boolean('Write true or false.')),
      hourlyBudget: v.exactOptional(
        v.nullable(
          v.pipe(
            v.number(BUDGET),
            v.integer(BUDGET),
            v.minValue(1, BUDGET),
            v.maxValue(MOST_RUNS, BUDGET),
          ),
        ),
      ),
    },
    NAMES,
  ),
  v.check(change => Object.keys(change).length > 0, NAMES),
);
