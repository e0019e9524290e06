import { FORWARDS, SEND_AGAIN } from '../schema/forwards';
import { writeCursor } from '../store/cursor';
import type { Database, Session } from '../database/database';
import type { ActionAnswer, ActionName, EventFilter } from './api';
import type { Action } from './filter';
import { IS_STATE, findEvents } from './find-events';
import type { FoundRow } from './find-events';

// Events in a step, so that webhooks need not wait for it.
const STEP = 500;

/** The states in which a forward can be chosen for an action. */
const STATES: Record<ActionName, readonly string[]> = {
  replay: ['delivered', 'dead', 'discarded'],
  discard: ['waiting', 'setAside', 'dead'],
};

const SET: Record<ActionName, string> = {
  replay: SEND_AGAIN,
  discard: `state = 'discarded'`,
};

// One that is on the way may arrive, so that nobody can say it was discarded.
// What was sent since the action began is left alone: a step that is asked for
// twice, or a forward with events in two steps, is not sent twice.
const choose = (action: ActionName, state: EventFilter['state']) => `
  SELECT f.id, f.state = 'waiting' AND coalesce(f.leased_until > now(), false) AS busy
  FROM ${FORWARDS} AS f
  WHERE f.id = ANY(ARRAY(
      SELECT forward_id FROM whatsapp_gateway.event_forwards
      WHERE event_id = ANY($1::uuid[])))
    AND (${conditionOf(action, state)})
    AND (f.last_attempt_at IS NULL OR f.last_attempt_at < $2::timestamptz)`;

const change = (action: ActionName, state: EventFilter['state']) => `
  WITH chosen AS MATERIALIZED (
    ${choose(action, state)} ORDER BY f.id FOR UPDATE),
  changed AS (
    UPDATE ${FORWARDS} AS f SET ${SET[action]}
    FROM chosen WHERE f.id = chosen.id AND NOT chosen.busy)
  SELECT * FROM chosen`;

/** A filter by state chooses forwards too, not only events. */
function conditionOf(action: ActionName, state: EventFilter['state']): string {
  const states = STATES[action].filter(
    one => state === undefined || one === state,
  );
  const conditions = states.map(one => IS_STATE[one as keyof typeof IS_STATE]);
  return conditions.join(' OR ') || 'false';
}

/**
 * Replays or discards the forwards of some events, or of the next events that
 * a filter finds; the oldest first, as they are to be sent.
 */
export async function runAction(
  database: Database,
  request: Action,
): Promise<ActionAnswer> {
  const { action, filter, dryRun } = request;
  const startedAt = request.startedAt ?? (await timeOf(database.reader));
  const { ids, after } = await eventsOf(database.reader, request, startedAt);
  const values = [ids, startedAt];
  const forwards = dryRun
    ? await database.reader.query<Chosen>(choose(action, filter.state), values)
    : await database.transaction(session =>
        session.query<Chosen>(change(action, filter.state), values),
      );
  const busy = forwards.filter(one => one.busy).length;
  const count = forwards.length - busy;
  return { count, busy, startedAt, ...(after !== undefined && { after }) };
}

type Chosen = { id: string; busy: boolean };

async function eventsOf(
  session: Session,
  { ids, filter, after }: Action,
  startedAt: string,
): Promise<{ ids: string[]; after?: string }> {
  if (ids !== undefined) return { ids };
  // What comes meanwhile was not counted.
  const isEarlier = filter.to !== undefined && filter.to < startedAt;
  const to = isEarlier ? filter.to : startedAt;
  const { rows, next } = await findEvents<FoundRow>(session, 'kind', {
    ...{ filter: { ...filter, to }, after, order: 'ASC', limit: STEP },
  });
  const found = rows.map(({ id }) => id);
  return { ids: found, ...(next && { after: writeCursor(next) }) };
}

async function timeOf(session: Session): Promise<string> {
  const [row] = await session.query<{ now: Date }>('SELECT now() AS now');
  return (row?.now ?? new Date()).toISOString();
}
