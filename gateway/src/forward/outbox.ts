import type { Database, Session } from '../store/database';
import type { Failure } from './outcome';
import type { Queue } from './queue';

/** What is to be forwarded, and what became of it. */
export interface Outbox {
  /** The body and the attempts so far; undefined when it is there no longer. */
  load(id: string): Promise<Parcel | undefined>;
  delivered(ids: string[]): Promise<void>;
  /** What is there no longer, or given up: only its job is removed. */
  forget(id: string): Promise<void>;
  /** Notes a failed attempt: to be tried again in so many seconds, or dead. */
  failed(id: string, failure: Failure, seconds: number): Promise<State>;
  putBack(ids: string[]): Promise<void>;
  /** OpenFn is back: what failed in the last seconds is due at once. Returns how many. */
  recover(seconds: number): Promise<number>;
  /** OpenFn stays away: whose time is over is dead. Returns how many. */
  bury(code: string): Promise<number>;
}

export type Parcel = { body: string; attempts: number };
export type State = 'waiting' | 'dead';

const TABLE = 'whatsapp_gateway.forwards';

// One that fails when others succeed is not hastened for ever.
const MOST_RECOVERIES = 3;

const FAILED = `UPDATE ${TABLE} SET
    attempts = attempts + 1, last_attempt_at = now(), last_code = $2, last_status = $3,
    state = CASE WHEN now() < give_up_at THEN 'waiting' ELSE 'dead' END,
    died_at = CASE WHEN now() < give_up_at THEN NULL ELSE now() END
  WHERE id = $1 RETURNING state`;

const RECOVER = `UPDATE ${TABLE} SET recoveries = recoveries + 1
  WHERE state = 'waiting' AND last_attempt_at >= now() - $1 * interval '1 second'
    AND recoveries < $2 RETURNING id`;

const BURY = `UPDATE ${TABLE} SET state = 'dead', died_at = now(), last_code = $1
  WHERE state = 'waiting' AND give_up_at < now() RETURNING id`;

export function createOutbox(database: Database, queue: Queue): Outbox {
  return {
    async load(id) {
      const [parcel] = await database.query<Parcel>(
        `SELECT body, attempts FROM ${TABLE} WHERE id = $1 AND state = 'waiting'`,
        [id],
      );
      return parcel;
    },
    delivered: ids =>
      database.transactionSoon(async session => {
        await session.query(`DELETE FROM ${TABLE} WHERE id = ANY($1::uuid[])`, [
          ids,
        ]);
        await queue.remove(session, ids);
      }),
    forget: id =>
      database.transactionSoon(session => queue.remove(session, [id])),
    failed: (id, failure, seconds) =>
      database.transactionSoon(session =>
        fail(session, queue, id, failure, seconds),
      ),
    putBack: ids =>
      database.transactionSoon(session => queue.putBack(session, ids)),
    recover: seconds =>
      change(database, RECOVER, [seconds, MOST_RECOVERIES], queue.hasten),
    bury: code => change(database, BURY, [code], queue.remove),
  };
}

async function fail(
  session: Session,
  queue: Queue,
  id: string,
  { code, statusCode }: Failure,
  seconds: number,
): Promise<State> {
  const values = [id, code, statusCode ?? null];
  const [row] = await session.query<{ state: State }>(FAILED, values);
  const state = row?.state ?? 'dead';
  if (state === 'waiting') await queue.putBack(session, [id], seconds);
  else await queue.remove(session, [id]);
  return state;
}

/** Changes forwards, and their jobs with them. */
async function change(
  database: Database,
  update: string,
  values: unknown[],
  follow: (session: Session, ids: string[]) => Promise<void>,
): Promise<number> {
  return database.transactionSoon(async session => {
    const rows = await session.query<{ id: string }>(update, values);
    const ids = rows.map(({ id }) => id);
    if (ids.length > 0) await follow(session, ids);
    return ids.length;
  });
}
