import { TABLES } from '../backup/format';
import type { Table } from '../backup/format';
import type { Database, Session } from '../database/database';
import { sumsBetween, sumsOf } from './rows';
import type { Keys, Sums } from './rows';

const PAGE = 1000;

/**
 * The keys of all rows of a table that the target lacks, has too many, or has
 * otherwise. Rows that change meanwhile may be among them.
 */
export async function findDifferences(
  source: Session,
  target: Database,
  table: Table,
  columns: readonly string[],
  onRows: (rows: number) => void,
): Promise<string[][]> {
  const found: string[][] = [];
  for (let after: string[] | undefined; ;) {
    const from = after && { after };
    const ours = await sumsBetween(source, table, columns, { ...from }, PAGE);
    const last = [...ours.keys()].at(-1);
    // Behind the last row of the source there may be more.
    const isLast = ours.size < PAGE || last === undefined;
    const until = isLast ? undefined : (JSON.parse(last) as string[]);
    const theirs = await inUtc(target, session =>
      allBetween(session, table, columns, { ...from, until }),
    );
    found.push(...differences(ours, theirs));
    onRows(ours.size);
    if (until === undefined) return found;
    after = until;
  }
}

/** However many there are, a page at a time. */
async function allBetween(
  session: Session,
  table: Table,
  columns: readonly string[],
  place: { after?: string[]; until: string[] | undefined },
): Promise<Sums> {
  const all: Sums = new Map();
  for (let { after } = place; ;) {
    const from = { until: place.until, ...(after && { after }) };
    const some = await sumsBetween(session, table, columns, from, PAGE);
    for (const [key, sum] of some) all.set(key, sum);
    const last = [...some.keys()].at(-1);
    if (some.size < PAGE || last === undefined) return all;
    after = JSON.parse(last) as string[];
  }
}

/** How many of these rows are not the same in both, in each table that has some. */
export async function countDifferences(
  source: Session,
  target: Database,
  keys: Keys,
  columnsOf: (table: Table) => readonly string[],
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of TABLES) {
    const all = keys.get(table.name) ?? [];
    for (let i = 0; i < all.length; i += PAGE) {
      const some = all.slice(i, i + PAGE);
      const columns = columnsOf(table);
      const ours = await sumsOf(source, table, columns, some);
      const theirs = await inUtc(target, session =>
        sumsOf(session, table, columns, some),
      );
      const { length } = differences(ours, theirs);
      if (length > 0) counts[table.name] = (counts[table.name] ?? 0) + length;
    }
  }
  return counts;
}

function differences(ours: Sums, theirs: Sums): string[][] {
  const keys = new Set([...ours.keys(), ...theirs.keys()]);
  return [...keys]
    .filter(key => ours.get(key) !== theirs.get(key))
    .map(key => JSON.parse(key) as string[]);
}

/** A server may be set to write times and bytes in another way. */
function inUtc<T>(
  target: Database,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  return target.transaction(async session => {
    await session.query("SET LOCAL TimeZone TO 'UTC'");
    await session.query("SET LOCAL bytea_output TO 'hex'");
    await session.query("SET LOCAL DateStyle TO 'ISO'");
    return work(session);
  });
}
