import { GatewayError } from '../core/errors';
import type { Database, Session } from '../database/database';
import { stepOf } from '../schema/migrations';
import { TABLES } from './format';
import type { Entry, Header, TableLine } from './format';

const BATCH = { rows: 500, bytes: 1024 * 1024 };
const MARKS = 'whatsapp_gateway.restores';

/**
 * Writes a backup into an empty store. After an interruption it begins anew
 * with the same backup, and rows that are there already change nothing. Until
 * it has ended, a mark keeps gateways from using the store.
 */
export async function restore(
  database: Database,
  entries: AsyncIterable<Entry>,
  onProgress: (rows: number) => void = () => {},
): Promise<Record<string, number>> {
  let table: TableLine | undefined;
  let rows: string[] = [];
  let bytes = 0;
  let total = 0;
  const flush = async () => {
    if (table !== undefined && rows.length > 0) {
      await insertRows(database, table, rows);
    }
    total += rows.length;
    onProgress(total);
    [rows, bytes] = [[], 0];
  };
  for await (const entry of entries) {
    if (entry.type === 'header') await begin(database, entry.header);
    if (entry.type === 'row') {
      rows.push(entry.row);
      bytes += entry.row.length;
      if (rows.length >= BATCH.rows || bytes >= BATCH.bytes) await flush();
    } else {
      await flush();
    }
    if (entry.type === 'table') table = entry.table;
    if (entry.type === 'end') await end(database, entry.counts);
  }
  return countRows(database);
}

async function begin(database: Database, { id, step }: Header): Promise<void> {
  const known = await stepOf(database);
  if (step > known) throw tooNew(step, known);
  await markStore(database, id);
}

/** Takes an empty store for one backup or move: until the mark is removed, no gateway starts on it. */
export async function markStore(database: Database, id: string): Promise<void> {
  await checkRights(database);
  await database.transaction(async session => {
    const marks = await session.query<{ source: string }>(
      `SELECT source FROM ${MARKS}`,
    );
    if (marks[0]?.source === id) return;
    if (marks.length > 0) throw unfinished();
    await makeEmpty(session);
    await session.query(`INSERT INTO ${MARKS} (source) VALUES ($1)`, [id]);
  });
}

/** Lets gateways start on the store; returns whether it had this mark. */
export async function unmarkStore(
  session: Session,
  id: string,
): Promise<boolean> {
  const text = `DELETE FROM ${MARKS} WHERE source = $1 RETURNING source`;
  return (await session.query(text, [id])).length > 0;
}

/** The counter is set at the end: what may not be done is said before the hours of a large restore. */
async function checkRights(database: Database): Promise<void> {
  const [right] = await database.query<{ isThere: boolean; role: string }>(
    `SELECT has_sequence_privilege('whatsapp_gateway.forwards_seq', 'UPDATE') AS "isThere",
       current_user AS role`,
  );
  if (right?.isThere !== true) throw denied(right?.role ?? '');
}

/** A gateway that was started on an empty store may have left an alert there. */
async function makeEmpty(session: Session): Promise<void> {
  const counts = await countRows(session);
  const full = TABLES.filter(({ name, isMinor }) => !isMinor && counts[name]);
  if (full.length > 0) throw notEmpty(full.map(({ name }) => name));
  for (const { name, isMinor } of TABLES) {
    if (isMinor) await session.query(`DELETE FROM whatsapp_gateway.${name}`);
  }
}

/** Adds rows, as JSON, that are not there yet. */
export async function insertRows(
  database: Database,
  { table, columns }: TableLine,
  rows: string[],
): Promise<void> {
  const name = TABLES.find(one => one.name === table)?.name;
  if (name === undefined) throw unknown(table);
  const list = columns.map(column => `"${column.replaceAll('"', '""')}"`);
  await database.transaction(session =>
    session.query(
      `INSERT INTO whatsapp_gateway.${name} (${list.join(', ')})
       SELECT ${list.join(', ')}
       FROM json_populate_recordset(NULL::whatsapp_gateway.${name}, $1::json)
       ON CONFLICT DO NOTHING`,
      [`[${rows.join(',')}]`],
    ),
  );
}

async function end(
  database: Database,
  expected: Record<string, number>,
): Promise<void> {
  await database.transaction(async session => {
    const counts = await countRows(session);
    // A backup of an older version has fewer tables.
    const isSame = TABLES.every(
      ({ name }) => counts[name] === (expected[name] ?? 0),
    );
    if (!isSame) throw incomplete();
    await setCounter(session);
    await session.query(`DELETE FROM ${MARKS}`);
  });
}

/** New forwards come after all that are there. */
export async function setCounter(session: Session): Promise<void> {
  await session.query(
    `SELECT setval('whatsapp_gateway.forwards_seq', greatest(
       (SELECT max(seq) FROM whatsapp_gateway.forwards),
       nextval('whatsapp_gateway.forwards_seq')))`,
  );
}

/** How many rows each table has. */
export async function countRows(
  session: Session,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { name } of TABLES) {
    const [row] = await session.query<{ rows: number }>(
      `SELECT count(*)::integer AS rows FROM whatsapp_gateway.${name}`,
    );
    counts[name] = row?.rows ?? 0;
  }
  return counts;
}

/** A gateway must not run on half of a backup. */
export async function checkRestored(session: Session): Promise<void> {
  const marks = await session.query(`SELECT FROM ${MARKS}`);
  if (marks.length > 0) throw unfinished();
}

const unfinished = () =>
  new GatewayError(
    'RESTORE_UNFINISHED',
    'A backup was restored into this store, or another store moved into it, in part.',
    'Run restore again with the same backup, or move again; or begin with an empty store.',
  );

const notEmpty = (tables: string[]) =>
  new GatewayError(
    'STORE_NOT_EMPTY',
    `The store has rows already (${tables.join(', ')}), and a backup is restored into an empty one only.`,
    'Name another folder with GATEWAY_DATA, or another database with DATABASE_URL. To give up what is there, stop every gateway and move the folder away, or run DROP SCHEMA whatsapp_gateway CASCADE in the database.',
  );

const denied = (role: string) =>
  new GatewayError(
    'RIGHTS_MISSING',
    `The role ${role} may not set the counter of forwards, so that nothing was restored.`,
    `Restore with the role that made the tables; or let that role run openfn-whatsapp-gateway migrate --grant-to ${role} again.`,
  );

const incomplete = () =>
  new GatewayError(
    'RESTORE_INCOMPLETE',
    'After the restore, the store has not as many rows as the backup.',
    'Something else writes to this store: stop it, and begin with an empty store.',
  );

const unknown = (table: string) =>
  new GatewayError(
    'BACKUP_UNKNOWN',
    `The backup has a table ${table}, which this gateway does not know.`,
    'Restore it with the version of the gateway that made it, or a newer one.',
  );

const tooNew = (step: number, known: number) =>
  new GatewayError(
    'BACKUP_TOO_NEW',
    `The backup has step ${step} of the tables, and this gateway knows ${known}.`,
    'Restore it with the version of the gateway that made it, or a newer one.',
  );
