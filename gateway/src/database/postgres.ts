import pg from 'pg';
import { codeOf } from '../core/errors';
import type { Logger } from '../core/logger';
import type { Database, Session } from './database';
import { READ_TIMEOUT, readTimeout } from './read-timeout';

/** Milliseconds after which a server that says nothing is taken for gone. */
const CONNECT_TIMEOUT = 5_000;
const QUERY_TIMEOUT = 10_000;
/** Connections for reading. */
const READERS = 2;

// A server may be told to acknowledge before the disk has it; here it must not.
const BEGIN = `BEGIN; SELECT set_config('synchronous_commit', 'on', true)
  WHERE current_setting('synchronous_commit') = 'off'`;

/** Opens a pool of connections to a PostgreSQL server; it connects when first used. */
export function openPostgres(address: string, log: Logger): Database {
  const pool = openPool(address, log, { max: 10 });
  const readers = openPool(address, log, {
    max: READERS,
    statement_timeout: READ_TIMEOUT,
  });
  return {
    isEmbedded: false,
    reader: readerOf(readers),
    writer: sessionOf(pool),
    ...sessionOf(pool),
    transaction: (work, timeout) => inTransaction(pool, work, timeout),
    // The server syncs the commits of several connections at once.
    transactionAsyncCommit: work => inTransaction(pool, work),
    asyncCommit: sessionOf(pool),
    snapshot: () => openSnapshot(pool),
    run: (statements, timeout) => runStatements(pool, statements, timeout),
    close: async () => {
      await Promise.all([pool.end(), readers.end()]);
    },
  };
}

function openPool(address: string, log: Logger, more: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({
    connectionString: address,
    application_name: 'openfn-whatsapp-gateway',
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    query_timeout: QUERY_TIMEOUT,
    keepAlive: true,
    ...more,
  });
  // An idle connection that breaks would otherwise end the process.
  pool.on('error', err => log.warn({ err }, 'a database connection broke'));
  return pool;
}

const QUERY_CANCELED = '57014';

function readerOf(pool: pg.Pool): Session {
  const { query } = sessionOf(pool);
  return {
    query: async <Row extends object>(text: string, values?: unknown[]) => {
      try {
        return await query<Row>(text, values);
      } catch (error) {
        throw codeOf(error) === QUERY_CANCELED ? readTimeout(error) : error;
      }
    },
  };
}

function sessionOf(
  client: pg.Pool | pg.PoolClient,
  query_timeout = QUERY_TIMEOUT,
): Session {
  return {
    async query<Row extends object>(text: string, values?: unknown[]) {
      const query = { text, ...(values && { values }), query_timeout };
      return (await client.query<Row>(query)).rows;
    },
  };
}

async function inTransaction<T>(
  pool: pg.Pool,
  work: (session: Session) => Promise<T>,
  timeout?: number,
): Promise<T> {
  const client = await pool.connect();
  let failure: unknown;
  // A connection that breaks between two queries; the next one fails, and says so.
  const onBreak = (error: Error) => (failure = error);
  client.on('error', onBreak);
  try {
    await client.query(BEGIN);
    const result = await work(sessionOf(client, timeout));
    await client.query('COMMIT');
    return result;
  } catch (error) {
    failure = error;
    throw error;
  } finally {
    // A connection that failed is closed, and the server rolls back by itself;
    // what goes wrong with it after that is nobody's concern.
    if (failure === undefined) client.off('error', onBreak);
    client.release(failure !== undefined);
  }
}

async function openSnapshot(pool: pg.Pool) {
  const client = await pool.connect();
  client.on('error', () => undefined);
  const end = () => Promise.resolve(client.release(true));
  try {
    await client.query(
      "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL TimeZone TO 'UTC'",
    );
    return { session: sessionOf(client), end };
  } catch (error) {
    await end();
    throw error;
  }
}

async function runStatements(
  pool: pg.Pool,
  text: string,
  query_timeout = QUERY_TIMEOUT,
) {
  const query = { text, query_timeout };
  const result: unknown = await pool.query(query);
  const last = (Array.isArray(result) ? result.at(-1) : result) as
    { rows?: object[] } | undefined;
  return last?.rows ?? [];
}
