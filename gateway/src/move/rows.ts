import { TABLES, orderOf } from '../backup/format';
import type { Table } from '../backup/format';
import type { Database, Session } from '../database/database';

/** Keys of rows, each as texts, by the names of their tables. */
export type Keys = Map<string, string[][]>;

type Row = { key: string[]; line: string };

// Rows can be large.
const PAGE = 200;

/** Makes these rows of the target as they are in the source, be they there or not. */
export async function copyRows(
  source: Session,
  target: Database,
  keys: Keys,
  columnsOf: (table: Table) => readonly string[],
): Promise<void> {
  for (const table of TABLES) {
    const all = keys.get(table.name) ?? [];
    for (let i = 0; i < all.length; i += PAGE) {
      const some = all.slice(i, i + PAGE);
      const columns = columnsOf(table);
      const rows = await readRows(source, table, columns, some);
      const found = new Set(rows.map(({ key }) => JSON.stringify(key)));
      const gone = some.filter(key => !found.has(JSON.stringify(key)));
      const lines = rows.map(({ line }) => line);
      await target.transaction(async session => {
        // First, because a new row may have what was unique in an old one.
        if (gone.length > 0) await deleteRows(session, table, gone);
        if (lines.length > 0) await writeRows(session, table, columns, lines);
      });
    }
  }
}

/** The rows with these keys, as JSON. */
function readRows(
  session: Session,
  { name, key }: Table,
  columns: readonly string[],
  keys: string[][],
): Promise<Row[]> {
  return session.query<Row>(
    `SELECT ARRAY[${key.map(column => `t.${column}::text`).join(', ')}] AS key,
       (SELECT row_to_json(line) FROM (
          SELECT ${columns.map(column => `t.${column}`).join(', ')}) AS line)::text AS line
     FROM whatsapp_gateway.${name} t ${joinKeys(name, key)}`,
    [objectsOf(key, keys)],
  );
}

async function deleteRows(
  session: Session,
  { name, key }: Table,
  keys: string[][],
): Promise<void> {
  await session.query(
    `DELETE FROM whatsapp_gateway.${name} t
     USING json_populate_recordset(NULL::whatsapp_gateway.${name}, $1::json) AS given
     WHERE ${isGiven(key)}`,
    [objectsOf(key, keys)],
  );
}

async function writeRows(
  session: Session,
  { name, key }: Table,
  columns: readonly string[],
  lines: string[],
): Promise<void> {
  const list = columns.map(column => `"${column}"`).join(', ');
  const others = columns.filter(column => !key.includes(column));
  const changes = others.map(column => `"${column}" = EXCLUDED."${column}"`);
  const update =
    changes.length > 0 ? `UPDATE SET ${changes.join(', ')}` : 'NOTHING';
  await session.query(
    `INSERT INTO whatsapp_gateway.${name} (${list})
     SELECT ${list}
     FROM json_populate_recordset(NULL::whatsapp_gateway.${name}, $1::json)
     ON CONFLICT (${key.join(', ')}) DO ${update}`,
    [`[${lines.join(',')}]`],
  );
}

/** The checksum of each row, by its key. */
export type Sums = Map<string, string>;

export async function sumsOf(
  session: Session,
  table: Table,
  columns: readonly string[],
  keys: string[][],
): Promise<Sums> {
  const { name, key } = table;
  const rows = await session.query<{ key: string[]; sum: string }>(
    `SELECT ${keyAndSum(key, columns)}
     FROM whatsapp_gateway.${name} t ${joinKeys(name, key)}`,
    [objectsOf(key, keys)],
  );
  return new Map(rows.map(row => [JSON.stringify(row.key), row.sum]));
}

/** The checksums of the rows behind one key, up to another or so many, in the order of keys. */
export async function sumsBetween(
  session: Session,
  table: Table,
  columns: readonly string[],
  { after, until }: { after?: string[]; until?: string[] | undefined },
  limit: number,
): Promise<Sums> {
  const { name, key } = table;
  const ordered = orderOf(table).map(column => `t.${column}`);
  const values: unknown[] = [limit];
  const compare = (sign: string, place: string[]) => {
    const list = place.map(text => `$${values.push(text)}`);
    return `(${ordered.join(', ')}) ${sign} (${list.join(', ')})`;
  };
  const conditions = [
    ...(after ? [compare('>', after)] : []),
    ...(until ? [compare('<=', until)] : []),
  ];
  const where =
    conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  const rows = await session.query<{ key: string[]; sum: string }>(
    `SELECT ${keyAndSum(key, columns)} FROM whatsapp_gateway.${name} t ${where}
     ORDER BY ${ordered.join(', ')} LIMIT $1::integer`,
    values,
  );
  return new Map(rows.map(row => [JSON.stringify(row.key), row.sum]));
}

const keyAndSum = (key: readonly string[], columns: readonly string[]) =>
  `ARRAY[${key.map(column => `t.${column}::text`).join(', ')}] AS key,
   md5((SELECT row_to_json(line) FROM (
     SELECT ${columns.map(column => `t.${column}`).join(', ')}) AS line)::text) AS sum`;

const joinKeys = (name: string, key: readonly string[]) =>
  `JOIN json_populate_recordset(NULL::whatsapp_gateway.${name}, $1::json) AS given
     ON ${isGiven(key)}`;

const isGiven = (key: readonly string[]) =>
  key.map(column => `t.${column} = given.${column}`).join(' AND ');

function objectsOf(key: readonly string[], keys: string[][]): string {
  const objects = keys.map(texts =>
    Object.fromEntries(key.map((column, i) => [column, texts[i]])),
  );
  return JSON.stringify(objects);
}
