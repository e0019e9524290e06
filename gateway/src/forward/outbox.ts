import type { Database } from '../store/database';
import { addRuns, takenOff } from './budget';
import { FORWARDS } from './lanes';
import { createTakes } from './takes';
import type { TakeOptions } from './takes';

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

const HELD = `json_to_recordset($1::json) AS held (id uuid, lease uuid)
  WHERE f.id = held.id AND f.leased_by = held.lease`;

const RENEW = `UPDATE ${FORWARDS} f
  SET leased_until = now() + $2 * interval '1 second' FROM ${HELD} RETURNING f.id`;

const RELEASE = `WITH released AS (
    UPDATE ${FORWARDS} f SET leased_by = NULL, leased_until = NULL
    FROM ${HELD} RETURNING f.route)
  ${addRuns(takenOff('released'))}`;

const NOTE = 'SELECT whatsapp_gateway.note_attempts($1::json)';

/** The outbox of a route. */
export function createOutbox(database: Database, options: TakeOptions): Outbox {
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
    async note(results) {
      await database.soon.query(NOTE, [JSON.stringify(results)]);
    },
  };
}

const leasesOf = (parcels: Parcel[]) =>
  JSON.stringify(parcels.map(({ id, lease }) => ({ id, lease })));
