import type { Alerts } from '../alerts/alerter';
import type { Alert } from '../alerts/catalog';
import { codeOf } from '../errors';
import type { Database, Session } from './database';
import type { StoredEvent } from './event';

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

const INSERT_EVENTS = `
  INSERT INTO whatsapp_gateway.events (
    id, key, kind, direction, message_id, contact, user_id, group_id, name,
    phone_number_id, happened_at, window_ends_at, item)
  SELECT id, key, kind, direction, message_id, contact, user_id, group_id, name,
    phone_number_id, happened_at, window_ends_at, item
  FROM json_to_recordset($1::json) AS event (
    id uuid, key text, kind text, direction text, message_id text,
    contact text, user_id text, group_id text, name text,
    phone_number_id text, happened_at timestamptz, window_ends_at timestamptz,
    item text)
  -- In the same order everywhere, so that two gateways never wait for each other.
  ORDER BY key
  ON CONFLICT (key) DO NOTHING
  RETURNING id`;

const INSERT_FORWARDS = `
  WITH links AS (
    INSERT INTO whatsapp_gateway.event_forwards (event_id, forward_id)
    SELECT event_id, forward_id
    FROM json_to_recordset($2::json) AS link (event_id uuid, forward_id uuid))
  INSERT INTO whatsapp_gateway.forwards (id, route, person, counts, body)
  SELECT id, route, person, counts, body
  FROM json_to_recordset($1::json) AS forward (
    id uuid, route text, person text, counts json, body text)`;

/** Stores webhooks: each event once, with what is to be forwarded and told, in one transaction. */
export function createWriter(
  database: Database,
  alerts: Pick<Alerts, 'keep'>,
): Write {
  return arrivals =>
    database.transaction(async session => {
      const fresh = await insertEvents(session, arrivals);
      const outgoing = arrivals.map(({ compose }) => compose(fresh));
      await insertForwards(session, outgoing.flat());
      const told = arrivals.flatMap(one => one.alerts(fresh));
      if (told.length > 0) await alerts.keep(session, told);
      return arrivals.map(({ events }, i) => ({
        fresh: new Set(events.map(({ id }) => id).filter(id => fresh.has(id))),
        forwards: outgoing[i]?.length ?? 0,
      }));
    });
}

async function insertEvents(session: Session, arrivals: Arrival[]) {
  const events = arrivals.flatMap(arrival => arrival.events);
  const rows = await session.query<{ id: string }>(INSERT_EVENTS, [
    JSON.stringify(events),
  ]);
  return new Set(rows.map(({ id }) => id));
}

async function insertForwards(session: Session, outgoing: Outgoing[]) {
  if (outgoing.length === 0) return;
  const links = outgoing.flatMap(({ id, events }) =>
    events.map(event => ({ event_id: event, forward_id: id })),
  );
  await session.query(INSERT_FORWARDS, [
    JSON.stringify(outgoing),
    JSON.stringify(links),
  ]);
}

/** Whether the database refused a value, so that the rest of a batch may be welcome. */
export function isAboutData(error: unknown): boolean {
  return /^(22|23|54)/.test(codeOf(error) ?? '');
}
