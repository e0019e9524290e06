import { GatewayError } from '../core/errors';
import type { Database, Session } from '../database/database';
import { checkAccess, explainDenied, isDenied } from './permissions';
import { STEPS } from './migration-steps';

/** Brings the tables up to date. Not for two gateways at the same time. */
export async function migrate(database: Database): Promise<void> {
  if (await isUpToDate(database)) return checkAccess(database);
  try {
    await makeTables(database);
  } catch (error) {
    throw isDenied(error) ? await explainDenied(database, error) : error;
  }
}

/** For a command beside gateways on a server, which it must not change under them. */
export async function needTables(database: Database): Promise<void> {
  if (database.isEmbedded) return migrate(database);
  if (!(await isUpToDate(database))) throw OUTDATED;
}

const OUTDATED = new GatewayError(
  'TABLES_OUTDATED',
  'The database has no tables of the gateway, or those of an earlier version.',
  'Check DATABASE_URL. Start the gateway of this version once, or run openfn-whatsapp-gateway migrate.',
);

/** Asked first, because also what changes nothing needs the right to create. */
async function isUpToDate(database: Database): Promise<boolean> {
  const [found] = await database.query<{ isThere: boolean }>(
    `SELECT count(*) > 0 AS "isThere" FROM pg_catalog.pg_tables
     WHERE schemaname = 'whatsapp_gateway' AND tablename = 'migrations'`,
  );
  if (found?.isThere !== true) return false;
  try {
    return (await stepOf(database)) === STEPS.length;
  } catch (error) {
    throw isDenied(error) ? await explainDenied(database, error) : error;
  }
}

/** An index of many millions of rows takes minutes. */
const STEP_TIMEOUT = 3_600_000;

async function makeTables(database: Database): Promise<void> {
  await database.transaction(async session => {
    await session.query('CREATE SCHEMA IF NOT EXISTS whatsapp_gateway');
    await session.query(`CREATE TABLE IF NOT EXISTS whatsapp_gateway.migrations (
      step integer PRIMARY KEY, done_at timestamptz NOT NULL DEFAULT now())`);
    const done = await stepOf(session);
    for (const [index, statements] of STEPS.entries()) {
      if (index >= done) await step(session, index + 1, statements);
    }
  }, STEP_TIMEOUT);
}

function tooNew(done: number): GatewayError {
  return new GatewayError(
    'STORE_TOO_NEW',
    `The store has step ${done} of its tables, and this gateway knows ${STEPS.length}: a newer gateway has used it.`,
    'Start that version or a newer one. To go back, restore a backup from before the update.',
  );
}

/** Up to which step the tables are made. */
export async function stepOf(session: Session): Promise<number> {
  const [row] = await session.query<{ steps: number }>(
    'SELECT count(*)::int AS steps FROM whatsapp_gateway.migrations',
  );
  const done = row?.steps ?? 0;
  if (done > STEPS.length) throw tooNew(done);
  return done;
}

async function step(
  session: Session,
  number: number,
  statements: string | readonly string[],
) {
  // A function has semicolons of its own.
  const list =
    typeof statements === 'string' ? statements.split(';') : statements;
  for (const statement of list) {
    if (statement.trim() !== '') await session.query(statement);
  }
  await session.query(
    'INSERT INTO whatsapp_gateway.migrations (step) VALUES ($1)',
    [number],
  );
}

// Writes as a webhook does, and changes nothing.
const PROBE = `UPDATE whatsapp_gateway.migrations SET done_at = done_at
  WHERE step = (SELECT max(step) FROM whatsapp_gateway.migrations)
  RETURNING step`;

/** Writes to the store, and finds out whether another gateway has changed its tables since. */
export async function probeSchema(
  database: Database,
): Promise<GatewayError | undefined> {
  const [row] = await database.transaction(session =>
    session.query<{ step: number }>(PROBE),
  );
  const step = row?.step ?? 0;
  return step > STEPS.length ? tooNew(step) : undefined;
}
