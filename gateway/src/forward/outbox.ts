import { randomUUID } from 'node:crypto';
import type { Database, Session } from '../database/database';
import { FORWARDS, addRuns, subtractRuns } from '../schema/forwards';
import { countRunsLeft } from './budget';
import {
  CLAIM_NEW,
  CLAIM_OF_PERSONS,
  CLAIM_PROBE,
  CLAIM_RETRIES,
} from './claim-queries';

/** What is to be forwarded to one destination, and what became of it. */
export interface Outbox {
  /**
   * Claims what is due, for the time of the lease: nobody else gets it meanwhile.
   * `budget` is how many runs the route may start in an hour; null, or none, for any number.
   */
  claim(count: number, budget?: number | null): Promise<Claim[]>;
  /** Claims the least tried forward. */
  claimProbe(budget?: number | null): Promise<Claim[]>;
  /** The body of a large one; undefined when it is there no longer. */
  loadBody(claim: Claim): Promise<string | undefined>;
  /** Prolongs leases; returns the IDs of those that are still ours. */
  renew(claims: Claim[]): Promise<Set<string>>;
  /** Puts back what was not tried. */
  release(claims: Claim[]): Promise<void>;
  /** Records the results of attempts, where the lease is still ours. */
  record(results: AttemptResult[]): Promise<void>;
}

/** A forward that was claimed. */
export type Claim = {
  id: string;
  /** Another one each time it is claimed. */
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
export type AttemptResult = {
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

export type OutboxOptions = {
  route: string;
  /** Milliseconds. */
  lease: number;
  /** Milliseconds; where nothing new can be, it is looked only so often. */
  poll?: number;
  /** Whether new forwards are of persons; else only those of other settings are. */
  isByPerson?: boolean;
};

const LEASED = `json_to_recordset($1::json) AS leased (id uuid, lease uuid)
  WHERE f.id = leased.id AND f.leased_by = leased.lease`;

const RENEW = `UPDATE ${FORWARDS} f
  SET leased_until = now() + $2 * interval '1 second' FROM ${LEASED} RETURNING f.id`;

const RELEASE = `WITH released AS (
    UPDATE ${FORWARDS} f SET leased_by = NULL, leased_until = NULL
    FROM ${LEASED} RETURNING f.route)
  ${addRuns(subtractRuns('released'))}`;

const RECORD = 'SELECT whatsapp_gateway.note_attempts($1::json)';

/** The outbox of a route. */
export function createOutbox(
  database: Database,
  options: OutboxOptions,
): Outbox {
  const seconds = options.lease / 1000;
  return {
    ...createClaims(database, options),
    async loadBody({ id, lease }) {
      const [row] = await database.query<{ body: string }>(
        `SELECT body FROM ${FORWARDS} WHERE id = $1 AND leased_by = $2`,
        [id, lease],
      );
      return row?.body;
    },
    async renew(claims) {
      const values = [leasesOf(claims), seconds];
      const rows = await database.query<{ id: string }>(RENEW, values);
      return new Set(rows.map(({ id }) => id));
    },
    async release(claims) {
      await database.query(RELEASE, [leasesOf(claims)]);
    },
    async record(results) {
      await database.asyncCommit.query(RECORD, [JSON.stringify(results)]);
    },
  };
}

const leasesOf = (claims: Claim[]) =>
  JSON.stringify(claims.map(({ id, lease }) => ({ id, lease })));

// Few at a time, so that some that fail again and again are never all that is sent.
const MOST_RETRIES = 5;

type Query = (
  text: string,
  count: number,
  ...more: string[]
) => Promise<Claim[]>;

const createQuery =
  (route: string, lease: number) =>
  (session: Session): Query =>
  async (text, count, ...more) => {
    if (count === 0) return [];
    const values = [route, count, randomUUID(), lease / 1000, ...more];
    return session.query<Claim>(text, values);
  };

/** Claims what is due of a route. */
function createClaims(
  database: Database,
  { route, lease, poll = 0, isByPerson }: OutboxOptions,
): Pick<Outbox, 'claim' | 'claimProbe'> {
  const queryIn = createQuery(route, lease);

  async function claimWithin(
    budget: number | null,
    count: number,
    claim: ClaimSome,
  ): Promise<Claim[]> {
    if (budget === null) return claim(queryIn(database), count);
    return database.transactionAsyncCommit(async session => {
      const left = await countRunsLeft(session, route, budget);
      return claim(queryIn(session), Math.min(count, left));
    });
  }

  const claimRetries = limitPolls(poll, (query, count) =>
    query(CLAIM_RETRIES, count),
  );
  const claimOfPersons = limitPolls(
    isByPerson ? 0 : poll,
    createClaimOfPersons(),
  );
  return {
    claim: (count, budget = null) => claimWithin(budget, count, claimSome),
    claimProbe: (budget = null) =>
      claimWithin(budget, 1, (query, count) => query(CLAIM_PROBE, count)),
  };

  async function claimSome(query: Query, count: number): Promise<Claim[]> {
    const retries = await claimRetries(query, Math.min(MOST_RETRIES, count));
    const rest = count - retries.length;
    const persons = await claimOfPersons(query, Math.ceil(rest / 2));
    const others = await query(CLAIM_NEW, rest - persons.length);
    return [...retries, ...persons, ...others].sort(compareOrder);
  }
}

const compareOrder = (a: Claim, b: Claim) =>
  a.seq - b.seq || (a.id < b.id ? -1 : 1);

type ClaimSome = (query: Query, count: number) => Promise<Claim[]>;

/**
 * Once there was nothing, it is not looked again before about `poll` has gone by:
 * looking costs as much as finding.
 */
function limitPolls(poll: number, claim: ClaimSome): ClaimSome {
  let emptyAt = -Infinity;
  return async (query, count) => {
    if (count === 0) return [];
    const now = performance.now();
    // Whoever comes again after `poll` may come a little early.
    if (now - emptyAt < poll / 2) return [];
    const claims = await claim(query, count);
    if (claims.length === 0) emptyAt = now;
    return claims;
  };
}

/** Goes round all persons, so that each has a turn. */
function createClaimOfPersons(): ClaimSome {
  let last = '';
  return async (query, count) => {
    const claims = await query(CLAIM_OF_PERSONS, count, last);
    if (claims.length < count && last !== '') {
      const rest = count - claims.length;
      const others = await query(CLAIM_OF_PERSONS, rest, '');
      last = findLastPerson(others);
      return [...claims, ...others];
    }
    last = claims.length < count ? '' : findLastPerson(claims);
    return claims;
  };
}

const findLastPerson = (claims: Claim[]) =>
  claims.reduce(
    (found, { person }) => (person && person > found ? person : found),
    '',
  );
