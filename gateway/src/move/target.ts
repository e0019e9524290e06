import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { markStore, unmarkStore } from '../backup/restore';
import { GatewayError, codeOf } from '../core/errors';
import type { Logger } from '../core/logger';
import type { Database } from '../database/database';
import { withAdvisoryLock } from '../database/advisory-lock';
import { migrate } from '../schema/migrations';
import { openDatabase } from '../database/open-database';
import {
  checkNotMoved,
  readMoved,
  withoutPassword,
} from '../database/moved-folder';

// The connections of gateways have another one.
const NAME = 'openfn-whatsapp-gateway-move';

/** Opens the database of a move, and makes its tables. */
export async function openTarget(to: string, log: Logger): Promise<Database> {
  const address = new URL(to);
  address.searchParams.set('application_name', NAME);
  const settings = { databaseUrl: address.href, dataFolder: '' };
  const database = await openDatabase(settings, log).catch((error: unknown) => {
    throw codeOf(error) === 'NO_DATABASE' ? unusable(error) : error;
  });
  try {
    await withAdvisoryLock(database, () => migrate(database));
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Takes an empty database for the move of a folder, or one that an interrupted move of it took. */
export async function takeTarget(
  target: Database,
  folder: string,
): Promise<string> {
  await checkUnused(target);
  const id = idOf(folder);
  await markStore(target, id);
  return id;
}

/** What a running gateway stored there meanwhile would be in the way, and be lost. */
async function checkUnused(target: Database): Promise<void> {
  const gateways = await target.query(
    `SELECT FROM pg_stat_activity
     WHERE application_name = 'openfn-whatsapp-gateway'
       AND datname = current_database()`,
  );
  if (gateways.length > 0) throw inUse();
}

const FILE = 'moving.json';

/** The same for each move of a folder until one succeeds. */
function idOf(folder: string): string {
  const path = join(folder, FILE);
  if (existsSync(path)) {
    return (JSON.parse(readFileSync(path, 'utf8')) as { id: string }).id;
  }
  const id = randomUUID();
  writeFileSync(path, JSON.stringify({ id }), { mode: 0o600 });
  return id;
}

/**
 * Ends a move that was killed in its last moment, when the folder said already
 * that it was moved. Returns whether the folder was moved.
 */
export async function finishMove(
  folder: string,
  to: string,
  log: Logger,
): Promise<boolean> {
  const moved = readMoved(folder);
  if (moved === undefined) return false;
  if (moved.to !== withoutPassword(to)) checkNotMoved(folder);
  const target = await openTarget(to, log);
  try {
    await unmarkStore(target, moved.id);
  } finally {
    await target.close();
  }
  return true;
}

const unusable = (cause: unknown) =>
  new GatewayError(
    'NO_DATABASE',
    'PostgreSQL at the address of --to cannot be used.',
    'Check host, port, user, password and database, and whether the gateway may reach it.',
    cause,
  );

const inUse = () =>
  new GatewayError(
    'DATABASE_IN_USE',
    'A gateway runs on the database of --to.',
    'Stop it, and start it again when the move has ended; or name an empty database.',
  );
