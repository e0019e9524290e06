import type { Logger } from '../core/logger';
import type { Backlog } from '../core/metrics';
import type { Database, Session } from '../database/database';
import { FORWARDS } from '../schema/forwards';

/** Tells how much waits and how much is dead of each route that has either. */
export interface BacklogReader {
  read(): Promise<Backlog[]>;
}

/** Milliseconds. */
const QUICK = 100;
// A slow count is made anew after so many times as long as it took, and given to
// nobody when it is older than so many.
const REFRESH_AFTER = 20;
const MAX_AGE = 60;

/**
 * Counts when asked. Where so much waits that counting takes long, it answers
 * with the last count, and counts anew meanwhile.
 */
export function createBacklogReader(
  { reader }: Database,
  clock: () => number = () => performance.now(),
): BacklogReader {
  let last = { backlog: [] as Backlog[], at: -Infinity, took: 0 };
  let counting: Promise<Backlog[]> | undefined;

  async function countAnew(): Promise<Backlog[]> {
    const start = clock();
    const backlog = await countBacklog(reader);
    const at = clock();
    last = { backlog, at, took: at - start };
    return backlog;
  }

  const count = () =>
    (counting ??= countAnew().finally(() => (counting = undefined)));

  return {
    async read() {
      if (last.took < QUICK) return count();
      const age = clock() - last.at;
      if (age > last.took * MAX_AGE) return count();
      // What fails here fails again for who asks when the last count is over.
      if (age > last.took * REFRESH_AFTER) count().catch(() => (last.took = 0));
      return last.backlog.map(one => ({
        ...one,
        oldestSeconds: one.waiting > 0 ? one.oldestSeconds + age / 1000 : 0,
      }));
    },
  };
}

type Part = {
  name: 'waiting' | 'dead';
  condition: string;
  /** The columns of its index and their types; no two forwards have the same values. */
  key: Record<string, string>;
};

// One for each index, so that what was delivered is not read.
const PARTS: Part[] = [
  {
    name: 'waiting',
    condition: `state = 'waiting' AND person IS NULL AND tries = 0`,
    key: { route: 'text', seq: 'bigint', id: 'uuid' },
  },
  {
    name: 'waiting',
    condition: `state = 'waiting' AND person IS NULL AND tries > 0`,
    key: { route: 'text', due_at: 'timestamptz', id: 'uuid' },
  },
  {
    name: 'waiting',
    condition: `state = 'waiting' AND person IS NOT NULL`,
    key: { route: 'text', person: 'text', seq: 'bigint', id: 'uuid' },
  },
  {
    name: 'dead',
    condition: `state = 'dead'`,
    key: { received_at: 'timestamptz', id: 'uuid' },
  },
];

// So many are counted in some milliseconds, and a webhook waits no longer for it.
const SLICE = 5000;

type Slice = { route: string; count: number; age: number };

/** Counts everything, a slice at a time. */
export async function countBacklog(session: Session): Promise<Backlog[]> {
  const totals = new Map<string, Backlog>();
  for (const part of PARTS) {
    for await (const { route, count, age } of slicesOf(session, part)) {
      const { name } = part;
      const total = totals.get(route) ?? nothing(route);
      total[name] += count;
      if (name === 'waiting') {
        total.oldestSeconds = Math.max(total.oldestSeconds, age);
      }
      totals.set(route, total);
    }
  }
  return [...totals.values()].sort((a, b) => (a.route < b.route ? -1 : 1));
}

const nothing = (route: string): Backlog => ({
  ...{ route, waiting: 0, dead: 0 },
  oldestSeconds: 0,
});

async function* slicesOf(
  session: Session,
  part: Part,
): AsyncGenerator<Slice, void, void> {
  let after: string[] = [];
  for (;;) {
    const slices = await session.query<Slice>(countFrom(part, after), after);
    yield* slices;
    const counted = slices.reduce((sum, { count }) => sum + count, 0);
    if (counted < SLICE) return;
    const [last] = await session.query<{ key: string[] }>(
      lastFrom(part, after),
      after,
    );
    if (last === undefined) return;
    after = last.key;
  }
}

const countFrom = (part: Part, after: string[]) =>
  `SELECT route, count(*)::int AS count,
     extract(epoch FROM now() - min(received_at))::float8 AS age
   FROM (
     SELECT route, received_at FROM ${rowsFrom(part, after)} LIMIT ${SLICE}) AS slice
   GROUP BY route`;

const lastFrom = (part: Part, after: string[]) =>
  `SELECT ARRAY[${Object.keys(part.key)
    .map(column => `${column}::text`)
    .join(', ')}] AS key
   FROM ${rowsFrom(part, after)} OFFSET ${SLICE - 1} LIMIT 1`;

function rowsFrom({ condition, key }: Part, after: string[]): string {
  const columns = Object.keys(key).join(', ');
  const types = Object.values(key);
  const values = types.map((type, i) => `$${i + 1}::${type}`).join(', ');
  const isAfter = after.length > 0 ? `AND (${columns}) > (${values})` : '';
  return `${FORWARDS} WHERE ${condition} ${isAfter} ORDER BY ${columns}`;
}

/**
 * What waits for routes that the settings do not have is said, because nobody
 * sends it. A start does not wait for this: counting a million takes a second.
 */
export async function warnOfLost(
  { read }: BacklogReader,
  routes: readonly string[],
  log: Logger,
): Promise<void> {
  const backlog = await read().catch((err: unknown) => {
    log.warn({ err }, 'what waits cannot be counted');
    return [];
  });
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
