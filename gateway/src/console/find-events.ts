import { FORWARDS } from '../schema/forwards';
import type { Place } from '../store/cursor';
import type { Session } from '../database/database';
import type { EventFilter, ForwardState } from './api';

/** Oldest or latest first. */
export type Order = 'ASC' | 'DESC';

export type Search = {
  filter: EventFilter;
  order: Order;
  after: Place | undefined;
  limit: number;
};

/** What was found of a part of the table, and where the next part begins. */
export type Found<Row> = { rows: Row[]; next: Place | undefined };

export type FoundRow = { id: string; time: string };

// Rows that one request looks at, so that it takes milliseconds however rare is
// what is looked for. The caller goes on with `next`.
const MOST_SCANNED = 5000;
const MOST_FORWARDS = 500;

const EVENTS = 'whatsapp_gateway.events';
const LINKS = 'whatsapp_gateway.event_forwards';

const TIME = `to_char(received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** The state of a forward, as the console names it. */
export const STATE = `CASE WHEN f.state = 'waiting' AND f.tries > 0 THEN 'setAside' ELSE f.state END`;

/** Forwards of this state. */
export const IS_STATE: Record<ForwardState, string> = {
  waiting: `f.state = 'waiting'`,
  setAside: `f.state = 'waiting' AND f.tries > 0`,
  delivered: `f.state = 'delivered'`,
  dead: `f.state = 'dead'`,
  discarded: `f.state = 'discarded'`,
};

// OFFSET 0 keeps the planner from comparing all events with all forwards.
const HAS_FORWARD = (condition: string) => `EXISTS (
  SELECT FROM ${LINKS} AS link CROSS JOIN LATERAL (
    SELECT FROM ${FORWARDS} AS f
    WHERE f.id = link.forward_id AND ${condition} OFFSET 0) AS found
  WHERE link.event_id = events.id OFFSET 0)`;

/** Values of a statement, by the order in which they are named. */
class Values {
  readonly list: unknown[] = [];

  add(value: unknown, type: string): string {
    this.list.push(value);
    return `$${this.list.length}::${type}`;
  }
}

/** Finds events by when they came, a part of the table at a time. */
export async function findEvents<Row extends FoundRow>(
  session: Session,
  columns: string,
  search: Search,
): Promise<Found<Row>> {
  const { filter, order, after, limit } = search;
  const end = await findEnd(session, search);
  const values = new Values();
  const source = sourceOf(search, end, values);
  const conditions = [
    ...spanOf(filter, values),
    ...placesOf(order, after, end, values),
    ...factsOf(filter, values),
  ];
  const rows = await session.query<Row>(
    `SELECT ${columns}, id, ${TIME} AS time FROM ${source} AS events
     WHERE ${conditions.join(' AND ') || 'true'}
     ORDER BY received_at ${order}, id ${order}
     LIMIT ${limit + 1}`,
    values.list,
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const isFull = rows.length > limit && last !== undefined;
  return {
    rows: shown,
    next: isFull ? { time: last.time, key: last.id } : end,
  };
}

/** The last place that a request looks at; undefined when that is the end of the table. */
async function findEnd(
  session: Session,
  { filter, order, after }: Search,
): Promise<Place | undefined> {
  // The events of a person are few, and have indexes of their own; without a
  // filter, the first rows are those that are looked for.
  const { kind, contact, phoneNumberId, state } = filter;
  const isSelective = kind ?? phoneNumberId ?? state;
  if (contact !== undefined || isSelective === undefined) return undefined;
  const values = new Values();
  const isRare = isRareState(filter.state);
  const conditions = [
    ...spanOf(filter, values),
    ...(isRare
      ? [`state = '${filter.state}'`, ...timesOf(order, after, values)]
      : placesOf(order, after, undefined, values)),
  ];
  const [row] = await session.query<FoundRow>(
    `SELECT ${TIME} AS time, id FROM ${isRare ? FORWARDS : EVENTS}
     WHERE ${conditions.join(' AND ') || 'true'}
     ORDER BY received_at ${order}, id ${order}
     OFFSET ${isRare ? MOST_FORWARDS : MOST_SCANNED} LIMIT 1`,
    values.list,
  );
  if (row === undefined) return undefined;
  return { time: row.time, key: isRare ? lastId(order) : row.id };
}

/** States with an index of their own, by the time when the forward was stored. */
const isRareState = (state: EventFilter['state']) =>
  state === 'dead' || state === 'discarded';

const lastId = (order: Order) =>
  order === 'ASC'
    ? 'ffffffff-ffff-ffff-ffff-ffffffffffff'
    : '00000000-0000-0000-0000-000000000000';

/** The rows to look at. OFFSET 0 keeps the planner from reading the whole table instead. */
function sourceOf(
  { filter, order, after }: Search,
  end: Place | undefined,
  values: Values,
): string {
  const { contact, state } = filter;
  if (contact !== undefined) {
    const person = values.add(contact, 'text');
    return `(SELECT * FROM ${EVENTS}
      WHERE contact = ${person} OR user_id = ${person} OFFSET 0)`;
  }
  if (!isRareState(state)) return EVENTS;
  const times = [
    `state = '${state}'`,
    ...spanOf(filter, values),
    ...timesOf(order, after, values),
    ...(end ? [endOf(order, end, values)] : []),
  ];
  // A forward is stored in the transaction of its events, at the same time.
  return `(SELECT own.* FROM (
      SELECT DISTINCT received_at FROM ${FORWARDS} WHERE ${times.join(' AND ')}) AS stored
    CROSS JOIN LATERAL (
      SELECT * FROM ${EVENTS} WHERE received_at = stored.received_at OFFSET 0) AS own)`;
}

function spanOf({ from, to }: EventFilter, values: Values): string[] {
  const conditions: string[] = [];
  if (from !== undefined) {
    conditions.push(`received_at >= ${values.add(from, 'timestamptz')}`);
  }
  if (to !== undefined) {
    conditions.push(`received_at < ${values.add(to, 'timestamptz')}`);
  }
  return conditions;
}

/** Behind `after`, and not beyond `end`. */
function placesOf(
  order: Order,
  after: Place | undefined,
  end: Place | undefined,
  values: Values,
): string[] {
  const [beyond, upTo] = order === 'ASC' ? ['>', '<='] : ['<', '>='];
  const compare = (sign: string, { time, key }: Place) =>
    `(received_at, id) ${sign} (${values.add(time, 'timestamptz')}, ${values.add(key, 'uuid')})`;
  return [
    ...(after ? [compare(`${beyond}`, after)] : []),
    ...(end ? [compare(`${upTo}`, end)] : []),
  ];
}

/** Forwards behind `after`; those of its time too, unless all events of that time were seen. */
function timesOf(
  order: Order,
  after: Place | undefined,
  values: Values,
): string[] {
  if (after === undefined) return [];
  const sign = order === 'ASC' ? '>' : '<';
  const isSeen = after.key === lastId(order);
  const time = values.add(after.time, 'timestamptz');
  return [`received_at ${sign}${isSeen ? '' : '='} ${time}`];
}

const endOf = (order: Order, { time }: Place, values: Values) =>
  `received_at ${order === 'ASC' ? '<=' : '>='} ${values.add(time, 'timestamptz')}`;

function factsOf(filter: EventFilter, values: Values): string[] {
  const { kind, phoneNumberId, state } = filter;
  const conditions: string[] = [];
  if (kind !== undefined) {
    conditions.push(`kind = ${values.add(kind, 'text')}`);
  }
  if (phoneNumberId !== undefined) {
    conditions.push(`phone_number_id = ${values.add(phoneNumberId, 'text')}`);
  }
  if (state === 'none') conditions.push(`NOT ${HAS_FORWARD('true')}`);
  else if (state !== undefined) conditions.push(HAS_FORWARD(IS_STATE[state]));
  return conditions;
}
