import type { Database } from './database';

// Any number, as long as all gateways take the same.
const LOCK = 'SELECT pg_advisory_xact_lock(7164502380)';

/**
 * Does something that no two gateways may do at the same time. The lock is held
 * by a transaction of its own, so that the work sees all that was done before.
 */
export async function withAdvisoryLock<T>(
  database: Database,
  work: () => Promise<T>,
): Promise<T> {
  // The embedded one has one process, and one connection: waiting for it would never end.
  if (database.isEmbedded) return work();
  return database.transaction(async session => {
    await session.query(LOCK);
    return work();
  });
}
