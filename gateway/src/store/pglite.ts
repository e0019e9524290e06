import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { GatewayError, codeOf } from '../errors';
import type { Session, Database } from './database';
import { DurableFiles, START_PARAMETERS, syncFolder } from './durable-files';
import { lockFolder } from './folder-lock';
import { secureFolder } from './folder-rights';

/** Opens the embedded PostgreSQL in a folder, and makes it when there is none. */
export async function openPglite(dataFolder: string): Promise<Database> {
  const folder = resolve(dataFolder);
  const files = join(folder, 'postgres');
  let unlock = () => {};
  try {
    mkdirSync(files, { recursive: true, mode: 0o700 });
    secureFolder(folder);
    unlock = (await lockFolder(folder)).release;
    return databaseOf(await start(files), unlock);
  } catch (error) {
    unlock();
    throw error instanceof GatewayError ? error : unusable(folder, error);
  }
}

function unusable(folder: string, cause: unknown): GatewayError {
  return new GatewayError(
    'STORE_UNUSABLE',
    `The embedded store in ${folder} cannot be opened: ${codeOf(cause) ?? String(cause)}.`,
    'Check that this user may write there, that the disk is not full, and that an older or newer gateway did not make it; GATEWAY_DATA names another folder.',
    cause,
  );
}

async function start(files: string): Promise<PGlite> {
  const isNew = !existsSync(join(files, 'PG_VERSION'));
  const pglite = new PGlite({
    fs: new DurableFiles(files),
    startParams: START_PARAMETERS,
  });
  await pglite.waitReady;
  if (isNew) {
    await pglite.exec('CHECKPOINT');
    syncFolder(dirname(files));
  }
  return pglite;
}

function databaseOf(pglite: PGlite, unlock: () => void): Database {
  const flusher = createFlusher(pglite);
  return {
    isEmbedded: true,
    reader: sessionOf(pglite),
    ...sessionOf(pglite),
    transaction: work =>
      pglite.transaction(async tx => {
        await tx.exec(SYNC);
        return work(sessionOf(tx));
      }),
    async transactionSoon(work) {
      const result = await pglite.transaction(tx => work(sessionOf(tx)));
      flusher.request();
      return result;
    },
    // In a transaction, because a failure in the middle of statements with
    // their own BEGIN would leave the only connection unusable.
    async run(statements) {
      const results = await pglite.transaction(tx => tx.exec(statements));
      return results.at(-1)?.rows ?? [];
    },
    async close() {
      await flusher.stop();
      await pglite.close();
      unlock();
    },
  };
}

const SYNC = 'SET LOCAL synchronous_commit TO on';
const SOON = 1000;

/** A server has a process that syncs what was committed without; here it is a timer. */
function createFlusher(pglite: PGlite) {
  let timer: NodeJS.Timeout | undefined;
  let flushing: Promise<unknown> = Promise.resolve();
  const flush = () => {
    timer = undefined;
    // The message makes it a change, and its commit syncs all commits before it.
    flushing = pglite
      .exec(
        `BEGIN; ${SYNC}; SELECT pg_logical_emit_message(true, $$gateway$$, $$$$); COMMIT`,
      )
      .catch(() => undefined);
  };
  return {
    request: () => void (timer ??= setTimeout(flush, SOON)),
    async stop() {
      clearTimeout(timer);
      await flushing;
    },
  };
}

function sessionOf(tx: Pick<PGlite, 'query'>): Session {
  return {
    async query<Row extends object>(text: string, values?: unknown[]) {
      return (await tx.query<Row>(text, values)).rows;
    },
  };
}
