import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { GatewayError, codeOf } from '../core/errors';
import { checkNotMoved } from './moved-folder';
import type { Database, Session } from './database';
import { EmbeddedStore } from './embedded-store';
import type { StoreOptions } from './embedded-store';
import { lockFolder } from './folder-lock';
import { secureFolder } from './folder-permissions';
import { LIMITS } from './pglite-thread';
import type { PgliteThread } from './pglite-thread';
import { readWithin } from './read-timeout';

/** Opens the embedded PostgreSQL in a folder, and makes it when there is none. */
export async function openPglite(
  dataFolder: string,
  options: StoreOptions,
): Promise<Database> {
  const folder = resolve(dataFolder);
  let release = () => {};
  try {
    mkdirSync(join(folder, 'postgres'), { recursive: true, mode: 0o700 });
    secureFolder(folder);
    const lock = await lockFolder(folder);
    ({ release } = lock);
    checkNotMoved(folder);
    const setup = { folder, generation: lock.generation };
    const store = new EmbeddedStore(setup, options);
    await store.open();
    return databaseOf(store, release, options.limits?.read ?? LIMITS.read);
  } catch (error) {
    release();
    throw explain(folder, error);
  }
}

function explain(folder: string, error: unknown): GatewayError {
  const isOpening = codeOf(error) === 'STORAGE_FAILED';
  if (error instanceof GatewayError && !isOpening) return error;
  const cause = isOpening ? (error as GatewayError).cause : error;
  return new GatewayError(
    'STORE_UNUSABLE',
    `The embedded store in ${folder} cannot be opened: ${codeOf(cause) ?? String(cause)}.`,
    'Check that this user may write there, that the disk is not full, and that an older or newer gateway did not make it; GATEWAY_DATA names another folder.',
    cause,
  );
}

function databaseOf(
  store: EmbeddedStore,
  release: () => void,
  readTimeout: number,
): Database {
  const flusher = createFlusher(store);
  const transact = <T>(
    isDurable: boolean,
    work: (session: Session) => Promise<T>,
  ) => store.use(isDurable, thread => inTransaction(thread, isDurable, work));
  const session = sessionOf(store, false);
  return {
    isEmbedded: true,
    ...session,
    reader: readerOf(store, readTimeout),
    writer: sessionOf(store, true),
    transaction: work => transact(true, work),
    async transactionAsyncCommit(work) {
      const result = await transact(false, work);
      flusher.request();
      return result;
    },
    asyncCommit: asyncCommitOf(session, flusher),
    snapshot: () => openSnapshot(session),
    // In a transaction, because a failure in the middle of statements with
    // their own BEGIN would leave the only connection unusable.
    run: statements =>
      store.use(false, thread =>
        inTransaction(thread, false, () => thread.ask(statements)),
      ),
    async close() {
      flusher.stop();
      // A thread that hangs keeps the lock: it may still write.
      await store.close();
      release();
    },
  };
}

function sessionOf(store: EmbeddedStore, isUrgent: boolean): Session {
  return {
    query: <Row extends object>(text: string, values: unknown[] = []) =>
      store.use(isUrgent, thread => thread.ask(text, values)) as Promise<Row[]>,
  };
}

function asyncCommitOf(
  session: Session,
  flusher: ReturnType<typeof createFlusher>,
): Session {
  return {
    async query<Row extends object>(text: string, values?: unknown[]) {
      const rows = await session.query<Row>(text, values);
      flusher.request();
      return rows;
    },
  };
}

function readerOf(store: EmbeddedStore, timeout: number): Session {
  return {
    query: <Row extends object>(text: string, values: unknown[] = []) =>
      readWithin(timeout, check =>
        store.use(false, thread => {
          check();
          return thread.ask(text, values) as Promise<Row[]>;
        }),
      ),
  };
}

async function openSnapshot(session: Session) {
  await session.query("SET TimeZone TO 'UTC'");
  return { session, end: () => Promise.resolve() };
}

const SYNC = 'SET LOCAL synchronous_commit TO on';

async function inTransaction<T>(
  thread: PgliteThread,
  isDurable: boolean,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  await thread.ask(isDurable ? `BEGIN; ${SYNC}` : 'BEGIN');
  try {
    const result = await work({
      query: <Row extends object>(text: string, values: unknown[] = []) =>
        thread.ask(text, values) as Promise<Row[]>,
    });
    await thread.ask('COMMIT');
    return result;
  } catch (error) {
    await thread.ask('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

const SOON = 1000;

/** A server has a process that syncs what was committed without; here it is a timer. */
function createFlusher(store: EmbeddedStore) {
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    timer = undefined;
    // The message makes it a change, and its commit syncs all commits before it.
    const text = `BEGIN; ${SYNC}; SELECT pg_logical_emit_message(true, $$gateway$$, $$$$); COMMIT`;
    store.use(false, thread => thread.ask(text)).catch(() => undefined);
  };
  return {
    request: () => void (timer ??= setTimeout(flush, SOON)),
    stop: () => clearTimeout(timer),
  };
}

/** The code of the error while the store is being moved. */
export const STORE_MOVING = 'STORE_MOVING';

/** A database that can be closed to those who use it, while others go on with it. */
export interface Fenced {
  database: Database;
  /** Nothing more is begun; resolves when all that was begun has ended. */
  close: () => Promise<void>;
}

export function fence(database: Database): Fenced {
  // Only the embedded store can be moved.
  if (!database.isEmbedded) return { database, close: () => Promise.resolve() };
  const running = new Set<Promise<unknown>>();
  let isClosed = false;
  const pass = async <T>(work: () => Promise<T>): Promise<T> => {
    if (isClosed) throw moving();
    const result = work();
    running.add(result);
    try {
      return await result;
    } finally {
      running.delete(result);
    }
  };
  const sessionOf = (session: Session): Session => ({
    query: (text, values) => pass(() => session.query(text, values)),
  });
  return {
    database: {
      isEmbedded: database.isEmbedded,
      ...sessionOf(database),
      reader: sessionOf(database.reader),
      writer: sessionOf(database.writer),
      asyncCommit: sessionOf(database.asyncCommit),
      transaction: (work, timeout) =>
        pass(() => database.transaction(work, timeout)),
      transactionAsyncCommit: work =>
        pass(() => database.transactionAsyncCommit(work)),
      snapshot: () => pass(() => database.snapshot()),
      run: (statements, timeout) =>
        pass(() => database.run(statements, timeout)),
      close: () => database.close(),
    },
    async close() {
      isClosed = true;
      await Promise.allSettled(running);
    },
  };
}

const moving = () =>
  new GatewayError(
    STORE_MOVING,
    'The store is being moved to another database.',
    'Ask again in some seconds; Meta sends its webhook again.',
  );
