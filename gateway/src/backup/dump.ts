import { createHash } from 'node:crypto';
import { nextId } from '../core/ids';
import type { Database, Session } from '../database/database';
import { stepOf } from '../schema/migrations';
import { TABLES, orderOf } from './format';
import type { Header, Table, TableLine, Trailer } from './format';

// Webhooks wait for one page at most.
const PAGE = { rows: 500, bytes: 1024 * 1024 };

/** The lines of a backup, some at a time. What was acknowledged before it began is in it. */
export async function* dump(database: Database): AsyncGenerator<string> {
  const { session, end } = await database.snapshot();
  try {
    const hash = createHash('sha256');
    const counts: Record<string, number> = {};
    const add = (text: string) => {
      hash.update(text);
      return text;
    };
    yield add(`#${JSON.stringify(await headerOf(session))}\n`);
    for (const table of TABLES) {
      const columns = await columnsOf(session, table);
      const line: TableLine = { table: table.name, columns };
      yield add(`#${JSON.stringify(line)}\n`);
      counts[table.name] = 0;
      for await (const rows of readTable(session, table, columns)) {
        counts[table.name] = (counts[table.name] ?? 0) + rows.length;
        yield add(rows.map(row => `${row}\n`).join(''));
      }
    }
    const trailer: Trailer = { counts, sha256: hash.digest('hex') };
    yield `#${JSON.stringify(trailer)}\n`;
  } finally {
    await end();
  }
}

async function headerOf(session: Session): Promise<Header> {
  return {
    ...{ format: 'openfn-whatsapp-gateway-backup', version: 1 },
    ...{ id: nextId(), step: await stepOf(session) },
    createdAt: new Date().toISOString(),
  };
}

/** The columns of a table, in their order. */
export async function columnsOf(
  session: Session,
  { name }: Table,
): Promise<string[]> {
  const rows = await session.query<{ name: string }>(
    `SELECT attname AS name FROM pg_catalog.pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped
     ORDER BY attnum`,
    [`whatsapp_gateway.${name}`],
  );
  return rows.map(row => row.name);
}

type Row = { line: string; place: string[] };

/** The rows of a table as JSON, in pages by its key. */
export async function* readTable(
  session: Session,
  table: Table,
  columns: readonly string[],
): AsyncGenerator<string[]> {
  let place: string[] = [];
  for (;;) {
    const values = [PAGE.rows, PAGE.bytes, ...place];
    const text = pageOf(table, columns, place.length > 0);
    const rows = await session.query<Row>(text, values);
    const last = rows.at(-1);
    if (last === undefined) return;
    place = last.place;
    yield rows.map(({ line }) => line);
  }
}

/**
 * As many rows as there are within so many bytes, at least one. Times in UTC
 * and texts in the order of their bytes, so that two stores give the same.
 */
function pageOf(
  table: Table,
  columns: readonly string[],
  isLater: boolean,
): string {
  const { name, key, large } = table;
  const size = large === undefined ? '0' : `octet_length(${large})`;
  const keys = orderOf(table);
  const places = key.map((_, i) => `$${i + 3}`).join(', ');
  const after = isLater ? `WHERE (${keys.join(', ')}) > (${places})` : '';
  return `
    SELECT (SELECT row_to_json(line) FROM (
        SELECT ${columns.map(column => `page.${column}`).join(', ')}) AS line)::text AS line,
      ARRAY[${key.map(column => `page.${column}::text`).join(', ')}] AS place
    FROM (
      SELECT *, sum(${size}) OVER (ORDER BY ${keys.join(', ')}) - ${size} AS before
      FROM (
        SELECT * FROM whatsapp_gateway.${name} ${after}
        ORDER BY ${keys.join(', ')} LIMIT $1::integer) AS chosen) AS page
    WHERE before < $2::integer
    ORDER BY ${keys.join(', ')}`;
}
