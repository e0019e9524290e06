import type { Alerts } from '../alerts/alerter';
import type { Alert } from '../alerts/catalog';
import { GatewayError, codeOf } from '../core/errors';
import { createBatcher } from '../core/scheduling';
import type { Database, Session } from '../database/database';
import { MIXED_FORWARD } from '../schema/webhook-functions';
import type { StoredEvent } from './event-columns';

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

/** Stores webhooks in batches, and nothing new when the disk is nearly full. */
export interface WebhookStore {
  /** Returns when the webhook is on disk; `size` in bytes. */
  add(arrival: Arrival, size: number): Promise<Stored>;
  /** Stores a body that is no webhook. */
  addOther(write: () => Promise<void>): Promise<void>;
  drain: () => Promise<void>;
}

type Outcome = { stored: Stored } | { error: unknown };

type Admission = {
  /** It knows whether there is space, and is told of failures. */
  storage?: {
    problem: GatewayError | undefined;
    noteFailure: (error: unknown) => void;
  };
  /** Milliseconds after which a webhook is refused. Meta sends it again. */
  timeout?: number;
};

const TIMEOUT = 5_000;
const MOST_WEBHOOKS = 100;
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Webhooks that arrive together are stored in one transaction: the disk then
 * syncs once for all of them. Too many waiting ones are refused, and Meta
 * sends them again.
 */
export function createWebhookStore(
  write: Write,
  { storage, timeout = TIMEOUT }: Admission = {},
): WebhookStore {
  const watch = <T>(writing: Promise<T>) =>
    writing.catch((error: unknown) => {
      storage?.noteFailure(error);
      throw error;
    });
  const batcher = createBatcher<Arrival, Outcome>(
    arrivals => writeSafely(all => watch(write(all)), arrivals),
    { most: MOST_WEBHOOKS },
  );
  let bytes = 0;
  const checkSpace = () => {
    const problem = storage?.problem;
    if (problem?.code === 'STORAGE_FULL') throw problem;
  };
  return {
    async addOther(write) {
      checkSpace();
      await watch(write());
    },
    async add(arrival, size) {
      checkSpace();
      if (bytes + size > MOST_BYTES) throw busy();
      bytes += size;
      // What takes too long is still in memory.
      const storing = batcher.add(arrival).finally(() => (bytes -= size));
      const outcome = await within(timeout, storing);
      if ('error' in outcome) throw outcome.error;
      return outcome.stored;
    },
    drain: batcher.drain,
  };
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(slow()), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** One webhook that the database cannot hold must not take others with it. */
async function writeSafely(
  write: Write,
  arrivals: Arrival[],
): Promise<Outcome[]> {
  try {
    return (await write(arrivals)).map(stored => ({ stored }));
  } catch (error) {
    if (arrivals.length === 1 || !isAboutData(error)) throw error;
    const outcomes: Outcome[] = [];
    for (const arrival of arrivals)
      outcomes.push(await writeOne(write, arrival));
    return outcomes;
  }
}

async function writeOne(write: Write, arrival: Arrival): Promise<Outcome> {
  try {
    const [stored] = await write([arrival]);
    return { stored: stored as Stored };
  } catch (error) {
    return { error };
  }
}

function busy(): GatewayError {
  return new GatewayError(
    'STORE_BUSY',
    'More webhooks are waiting to be stored than memory is set aside for.',
    'Meta sends this one again; if it lasts, give the database a faster disk.',
  );
}

function slow(): GatewayError {
  return new GatewayError(
    'STORAGE_SLOW',
    'The store took too long for a webhook.',
    'Meta sends it again, and it is stored once; if it lasts, check the disk or the database.',
  );
}

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
