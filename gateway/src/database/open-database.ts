import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayError, codeOf } from '../core/errors';
import type { Logger } from '../core/logger';
import type { StoreSettings } from '../settings/environment';
import type { Database } from './database';
import { openPglite } from './pglite';
import { openPostgres } from './postgres';

const STARTUP_TIMEOUT = 30_000;
const PAUSE = 1_000;

/** Opens the store that the settings name. */
export async function openDatabase(
  { databaseUrl, dataFolder }: Omit<StoreSettings, 'logLevel'>,
  log: Logger,
  stopping?: AbortSignal,
): Promise<Database> {
  if (databaseUrl === undefined) {
    return openPglite(dataFolder, { log, stopping });
  }
  const database = openPostgres(databaseUrl, log);
  try {
    await waitFor(database, log);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** A database that starts together with the gateway is given some time. */
async function waitFor(database: Database, log: Logger): Promise<void> {
  for (const end = Date.now() + STARTUP_TIMEOUT; ;) {
    try {
      const [row] = await database.query<{ fsync: string }>('SHOW fsync');
      if (row?.fsync === 'off') log.warn('fsync is off in this PostgreSQL');
      return;
    } catch (error) {
      if (!isComing(error) || Date.now() > end) throw explain(error);
      log.warn({ err: error }, 'waiting for the database');
      await sleep(PAUSE);
    }
  }
}

/** A wrong password or name will not get better. */
function isComing(error: unknown): boolean {
  const code = codeOf(error);
  return code !== 'ENOTFOUND' && !/^(28|3D)/.test(code ?? '');
}

function explain(cause: unknown): GatewayError {
  return new GatewayError(
    'NO_DATABASE',
    `PostgreSQL at DATABASE_URL cannot be used: ${codeOf(cause) ?? 'no answer'}.`,
    'Check host, port, user, password and database in DATABASE_URL, and whether this machine may reach it.',
    cause,
  );
}
