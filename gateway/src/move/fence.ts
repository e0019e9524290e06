import { GatewayError } from '../errors';
import type { Database, Session } from '../store/database';

/** A database that can be closed to those who use it, while others go on with it. */
export interface Fenced {
  database: Database;
  /** Nothing more is begun; resolves when all that was begun has ended. */
  close: () => Promise<void>;
}

export function fence(database: Database): Fenced {
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
      soon: sessionOf(database.soon),
      transaction: (work, timeout) =>
        pass(() => database.transaction(work, timeout)),
      transactionSoon: work => pass(() => database.transactionSoon(work)),
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

export const STORE_MOVING = 'STORE_MOVING';

const moving = () =>
  new GatewayError(
    STORE_MOVING,
    'The store is being moved to another database.',
    'Ask again in some seconds; Meta sends its webhook again.',
  );
