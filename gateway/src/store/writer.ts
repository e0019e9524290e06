import type { Alerts } from '../alerts/alerter';
import type { Alert } from '../alerts/catalog';
import { codeOf } from '../errors';
import type { Database, Session } from './database';
import type { StoredEvent } from './event';
import { MIXED_FORWARD } from './webhook-function';

/** Something to forward. */
export type Outgoing = {
  id: string;
  route: string;
  /** Whose it is, when the messages of a person are to stay in order. */
  person: string | null;
  /** The events in it, by their IDs. */
  events: string[];
  /** The body of the request. */
  body: string;
  /** How many events of each kind are in it. */
  counts: Record<string, number>;
};

/** A webhook to store: its events, and what to forward of those that are new. */
export type Arrival = {
  events: StoredEvent[];
  compose: (fresh: ReadonlySet<string>) => Outgoing[];
  /** What an operator is told of those that are new. */
  alerts: (fresh: ReadonlySet<string>) => Alert[];
};

/** What was done with a webhook. */
export type Stored = {
  /** IDs of the events that were not there before. */
  fresh: ReadonlySet<string>;
  forwards: number;
};

export type Write = (arrivals: Arrival[]) => Promise<Stored[]>;

const STORE_WEBHOOKS = `
  SELECT whatsapp_gateway.store_webhooks($1::json, $2::json) AS fresh`;
const STORE_FORWARDS = `
  SELECT whatsapp_gateway.store_forwards($1::json, $2::uuid[])`;

/** Stores webhooks: each event once, with what is to be forwarded and told, in one transaction. */
export function createWriter(
  database: Database,
  alerts: Pick<Alerts, 'keep'>,
): Write {
  return async arrivals => {
    // Alerts are rare, and need statements of their own.
    const isTold = arrivals.some(one => one.alerts(idsOf(one)).length > 0);
    if (isTold) return writeInSteps(database, alerts, arrivals);
    try {
      return await writeAtOnce(database, arrivals);
    } catch (error) {
      if (codeOf(error) !== MIXED_FORWARD) throw error;
      return writeInSteps(database, alerts, arrivals);
    }
  };
}

const idsOf = ({ events }: Arrival) => new Set(events.map(({ id }) => id));

/** Nearly all events are new, so forwards are composed before that is known. */
async function writeAtOnce(
  { writer }: Database,
  arrivals: Arrival[],
): Promise<Stored[]> {
  const outgoing = arrivals.map(one => one.compose(idsOf(one)));
  const fresh = await storeWebhooks(writer, arrivals, outgoing.flat());
  const isStored = ({ events }: Outgoing) => events.every(id => fresh.has(id));
  return arrivals.map((arrival, i) =>
    resultOf(arrival, fresh, outgoing[i]?.filter(isStored).length),
  );
}

async function writeInSteps(
  database: Database,
  alerts: Pick<Alerts, 'keep'>,
  arrivals: Arrival[],
): Promise<Stored[]> {
  return database.transaction(async session => {
    const fresh = await storeWebhooks(session, arrivals, []);
    const outgoing = arrivals.map(({ compose }) => compose(fresh));
    await session.query(STORE_FORWARDS, [
      JSON.stringify(outgoing.flat()),
      [...fresh],
    ]);
    const told = arrivals.flatMap(one => one.alerts(fresh));
    if (told.length > 0) await alerts.keep(session, told);
    return arrivals.map((arrival, i) =>
      resultOf(arrival, fresh, outgoing[i]?.length),
    );
  });
}

async function storeWebhooks(
  session: Session,
  arrivals: Arrival[],
  outgoing: Outgoing[],
): Promise<Set<string>> {
  const events = arrivals.flatMap(arrival => arrival.events);
  const [row] = await session.query<{ fresh: string[] }>(STORE_WEBHOOKS, [
    JSON.stringify(events),
    outgoing.length > 0 ? JSON.stringify(outgoing) : null,
  ]);
  return new Set(row?.fresh);
}

function resultOf(
  { events }: Arrival,
  fresh: ReadonlySet<string>,
  forwards = 0,
): Stored {
  const ids = events.map(({ id }) => id).filter(id => fresh.has(id));
  return { fresh: new Set(ids), forwards };
}

/** Whether the database refused a value, so that the rest of a batch may be welcome. */
export function isAboutData(error: unknown): boolean {
  return /^(22|23|54)/.test(codeOf(error) ?? '');
}
