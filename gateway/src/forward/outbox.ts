import { randomUUID } from 'node:crypto';
import type { Database, Session } from '../store/database';
import { STARTED_NO_RUN, addRuns, runsLeft } from './budget';
import {
  FORWARDS,
  TAKE_NEW,
  TAKE_OF_PERSONS,
  TAKE_PROBE,
  TAKE_RETRIES,
} from './lanes';

/** What is to be forwarded to one destination, and what became of it. */
export interface Outbox {
  /** Takes what is due, for the time of the lease: nobody else gets it meanwhile. */
  take(count: number): Promise<Parcel[]>;
  /** Takes the least tried forward. */
  takeProbe(): Promise<Parcel[]>;
  /** The body of a large one; undefined when it is there no longer. */
  loadBody(parcel: Parcel): Promise<string | undefined>;
  /** Prolongs leases; returns the IDs of those that are still ours. */
  renew(parcels: Parcel[]): Promise<Set<string>>;
  /** Puts back what was not tried. */
  release(parcels: Parcel[]): Promise<void>;
  /** Notes what came of attempts, where the lease is still ours. */
  note(results: Result[]): Promise<void>;
}

/** A forward that was taken. */
export type Parcel = {
  id: string;
  /** Another one each time it is taken. */
  lease: string;
  person: string | null;
  /** The place in the order in which forwards were stored. */
  seq: number;
  /** How often it was sent, in all. */
  attempts: number;
  /** How often it failed while the destination was well. */
  tries: number;
  /** Null when it is large. */
  body: string | null;
};

/** What came of an attempt. */
export type Result = {
  id: string;
  lease: string;
  state: 'waiting' | 'delivered' | 'dead';
  tries: number;
  /** Seconds until it is due again. */
  delay: number;
  duration_ms: number;
  /** Null when it was delivered. */
  code: string | null;
  status: number | null;
  content_type: string | null;
  work_order_id: string | null;
};

// Few at a time, so that some that fail again and again are never all that is sent.
const MOST_RETRIES = 5;

const MOST_ATTEMPTS_KEPT = 50;

const takenOff = (rows: string) =>
  `SELECT route, -count(*)::integer AS count FROM ${rows} GROUP BY route`;

const HELD = `json_to_recordset($1::json) AS held (id uuid, lease uuid)
  WHERE f.id = held.id AND f.leased_by = held.lease`;

const RENEW = `UPDATE ${FORWARDS} f
  SET leased_until = now() + $2 * interval '1 second' FROM ${HELD} RETURNING f.id`;

const RELEASE = `WITH released AS (
    UPDATE ${FORWARDS} f SET leased_by = NULL, leased_until = NULL
    FROM ${HELD} RETURNING f.route)
  ${addRuns(takenOff('released'))}`;

const NOTE = `
  WITH result AS (
    SELECT * FROM json_to_recordset($1::json) AS result (
      id uuid, lease uuid, state text, tries integer, delay float, duration_ms integer,
      code text, status integer, content_type text, work_order_id text)),
  noted AS (
    UPDATE ${FORWARDS} f SET
      state = result.state, tries = result.tries, attempts = f.attempts + 1,
      due_at = now() + result.delay * interval '1 second', last_attempt_at = now(),
      last_code = result.code, last_status = result.status,
      died_at = CASE WHEN result.state = 'dead' THEN now() END,
      delivered_at = CASE WHEN result.state = 'delivered' THEN now() END,
      leased_by = NULL, leased_until = NULL
    FROM result
    WHERE f.id = result.id AND f.leased_by = result.lease AND f.state = 'waiting'
    RETURNING f.id, f.route, f.attempts),
  without_run AS (SELECT noted.route FROM noted JOIN result USING (id) WHERE ${STARTED_NO_RUN}),
  runs AS (${addRuns(takenOff('without_run'))}),
  trimmed AS (
    DELETE FROM whatsapp_gateway.attempts old USING noted
    WHERE old.forward_id = noted.id AND noted.attempts > ${MOST_ATTEMPTS_KEPT}
      AND old.number <= noted.attempts - ${MOST_ATTEMPTS_KEPT})
  INSERT INTO whatsapp_gateway.attempts (
    forward_id, number, duration_ms, code, status, content_type, work_order_id)
  SELECT id, attempts, duration_ms, code, status, content_type, work_order_id
  FROM noted JOIN result USING (id)
  ON CONFLICT DO NOTHING`;

type Options = {
  route: string;
  /** Milliseconds. */
  lease: number;
  /** How many runs it may start in an hour; without, any number. */
  budget?: () => number | null;
};

/** The outbox of a route. */
export function createOutbox(database: Database, options: Options): Outbox {
  const seconds = options.lease / 1000;
  return {
    ...createTakes(database, options),
    async loadBody({ id, lease }) {
      const [row] = await database.query<{ body: string }>(
        `SELECT body FROM ${FORWARDS} WHERE id = $1 AND leased_by = $2`,
        [id, lease],
      );
      return row?.body;
    },
    async renew(parcels) {
      const values = [leasesOf(parcels), seconds];
      const rows = await database.query<{ id: string }>(RENEW, values);
      return new Set(rows.map(({ id }) => id));
    },
    async release(parcels) {
      await database.query(RELEASE, [leasesOf(parcels)]);
    },
    note: results =>
      database.transactionSoon(async session => {
        await session.query(NOTE, [JSON.stringify(results)]);
      }),
  };
}

type Query = (
  text: string,
  count: number,
  ...more: string[]
) => Promise<Parcel[]>;

function createTakes(
  database: Database,
  { route, lease, budget = () => null }: Options,
): Pick<Outbox, 'take' | 'takeProbe'> {
  const queryIn =
    (session: Session): Query =>
    async (text, count, ...more) => {
      if (count === 0) return [];
      const values = [route, count, randomUUID(), lease / 1000, ...more];
      return session.query<Parcel>(text, values);
    };

  async function inBudget(
    count: number,
    work: (query: Query, count: number) => Promise<Parcel[]>,
  ): Promise<Parcel[]> {
    const most = budget();
    if (most === null) return work(queryIn(database), count);
    return database.transactionSoon(async session => {
      const left = await runsLeft(session, route, most);
      return work(queryIn(session), Math.min(count, left));
    });
  }

  const takeOfPersons = createPersons();
  return {
    take: count => inBudget(count, (query, count) => takeSome(query, count)),
    takeProbe: () => inBudget(1, (query, count) => query(TAKE_PROBE, count)),
  };

  async function takeSome(query: Query, count: number): Promise<Parcel[]> {
    const retries = await query(TAKE_RETRIES, Math.min(MOST_RETRIES, count));
    const rest = count - retries.length;
    const persons = await takeOfPersons(query, Math.ceil(rest / 2));
    const others = await query(TAKE_NEW, rest - persons.length);
    return [...retries, ...persons, ...others].sort(inOrder);
  }
}

const inOrder = (a: Parcel, b: Parcel) =>
  a.seq - b.seq || (a.id < b.id ? -1 : 1);

const leasesOf = (parcels: Parcel[]) =>
  JSON.stringify(parcels.map(({ id, lease }) => ({ id, lease })));

/** Goes round all persons, so that each has a turn. */
function createPersons(): (query: Query, count: number) => Promise<Parcel[]> {
  let last = '';
  return async (query, count) => {
    if (count === 0) return [];
    const taken = await query(TAKE_OF_PERSONS, count, last);
    if (taken.length < count && last !== '') {
      const rest = count - taken.length;
      const others = await query(TAKE_OF_PERSONS, rest, '');
      last = greatest(others);
      return [...taken, ...others];
    }
    last = taken.length < count ? '' : greatest(taken);
    return taken;
  };
}

const greatest = (parcels: Parcel[]) =>
  parcels.reduce(
    (found, { person }) => (person && person > found ? person : found),
    '',
  );
