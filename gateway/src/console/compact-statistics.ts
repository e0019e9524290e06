import type { Database } from '../database/database';
import { addUp, addUpLabels } from './intervals';
import type { Sample } from './intervals';

type Counts = Omit<Sample, 'at'>;
type Row = { at: Date; counts: Counts };

const HOUR = 3600_000;
const TABLE = 'whatsapp_gateway.statistics';

// Only the charts of a day and less show minutes. A row of an hour is dated at its
// very beginning, to the microsecond, where a row of a minute never is.
const TAKE_MINUTES = `DELETE FROM ${TABLE}
  WHERE at < date_trunc('hour', now() - interval '25 hours')
    AND at <> date_trunc('hour', at)
  RETURNING date_trunc('hour', at) AS at, counts`;

const INSERT_HOURS = `INSERT INTO ${TABLE} (at, gateway, counts)
  SELECT at, $1, counts FROM json_to_recordset($2::json) AS hour (at timestamptz, counts json)`;

/**
 * Makes one row of each hour that is over for a day: a week would be 10,000
 * otherwise. Looks once an hour, however often it is called.
 */
export function createCompactor(
  database: Database,
  gateway: string,
): () => Promise<void> {
  let lookedAt = -Infinity;
  return async () => {
    if (performance.now() - lookedAt < HOUR) return;
    await database.transactionAsyncCommit(async session => {
      const minutes = await session.query<Row>(TAKE_MINUTES);
      if (minutes.length === 0) return;
      const hours = JSON.stringify(addUpHours(minutes));
      await session.query(INSERT_HOURS, [gateway, hours]);
    });
    lookedAt = performance.now();
  };
}

function addUpHours(rows: Row[]): Row[] {
  const hours = new Map<number, Counts[]>();
  for (const { at, counts } of rows) {
    const hour = hours.get(at.getTime()) ?? [];
    hour.push(counts);
    hours.set(at.getTime(), hour);
  }
  return [...hours].map(([at, counts]) => ({
    at: new Date(at),
    counts: {
      events: addUpLabels(counts.map(({ events }) => events)),
      forwards: addUpLabels(counts.map(({ forwards }) => forwards)),
      webhook: addUp(counts.map(({ webhook }) => webhook)),
      forward: addUp(counts.map(({ forward }) => forward)),
    },
  }));
}
