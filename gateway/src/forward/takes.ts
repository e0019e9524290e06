import { randomUUID } from 'node:crypto';
import type { Database, Session } from '../store/database';
import { runsLeft } from './budget';
import { TAKE_NEW, TAKE_OF_PERSONS, TAKE_PROBE, TAKE_RETRIES } from './lanes';
import type { Outbox, Parcel } from './outbox';

export type TakeOptions = {
  route: string;
  /** Milliseconds. */
  lease: number;
  /** How many runs it may start in an hour; without, any number. */
  budget?: () => number | null;
  /** Milliseconds; where nothing new can be, it is looked only so often. */
  poll?: number;
  /** Whether new forwards are of persons; else only those of other settings are. */
  isByPerson?: boolean;
};

// Few at a time, so that some that fail again and again are never all that is sent.
const MOST_RETRIES = 5;

type Query = (
  text: string,
  count: number,
  ...more: string[]
) => Promise<Parcel[]>;

const queryOf =
  (route: string, lease: number) =>
  (session: Session): Query =>
  async (text, count, ...more) => {
    if (count === 0) return [];
    const values = [route, count, randomUUID(), lease / 1000, ...more];
    return session.query<Parcel>(text, values);
  };

/** Takes what is due of a route. */
export function createTakes(
  database: Database,
  { route, lease, budget = () => null, poll = 0, isByPerson }: TakeOptions,
): Pick<Outbox, 'take' | 'takeProbe'> {
  const queryIn = queryOf(route, lease);

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

  const takeRetries = seldom(poll, (query, count) =>
    query(TAKE_RETRIES, count),
  );
  const takeOfPersons = seldom(isByPerson ? 0 : poll, createPersons());
  return {
    take: count => inBudget(count, (query, count) => takeSome(query, count)),
    takeProbe: () => inBudget(1, (query, count) => query(TAKE_PROBE, count)),
  };

  async function takeSome(query: Query, count: number): Promise<Parcel[]> {
    const retries = await takeRetries(query, Math.min(MOST_RETRIES, count));
    const rest = count - retries.length;
    const persons = await takeOfPersons(query, Math.ceil(rest / 2));
    const others = await query(TAKE_NEW, rest - persons.length);
    return [...retries, ...persons, ...others].sort(inOrder);
  }
}

const inOrder = (a: Parcel, b: Parcel) =>
  a.seq - b.seq || (a.id < b.id ? -1 : 1);

type Take = (query: Query, count: number) => Promise<Parcel[]>;

/**
 * Once there was nothing, it is not looked again before about `poll` has gone by:
 * looking costs as much as finding.
 */
function seldom(poll: number, take: Take): Take {
  let emptyAt = -Infinity;
  return async (query, count) => {
    if (count === 0) return [];
    const now = performance.now();
    // Whoever comes again after `poll` may come a little early.
    if (now - emptyAt < poll / 2) return [];
    const taken = await take(query, count);
    if (taken.length === 0) emptyAt = now;
    return taken;
  };
}

/** Goes round all persons, so that each has a turn. */
function createPersons(): Take {
  let last = '';
  return async (query, count) => {
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
