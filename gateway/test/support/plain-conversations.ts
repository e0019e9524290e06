import type { StoredEvent } from '../../src/store/event-columns';

/** A row of the table of events, as the database gives it. */
export type EventRow = Omit<StoredEvent, 'happened_at' | 'window_ends_at'> & {
  happened_at: Date;
  window_ends_at: Date | null;
};

const byTime = (a: EventRow, b: EventRow) =>
  a.happened_at.getTime() - b.happened_at.getTime() || (a.id < b.id ? -1 : 1);

/** What /conversations has to answer, computed from the list of all events. */
export function plainConversations(
  events: EventRow[],
  { since, until }: { since?: Date; until?: Date } = {},
) {
  const conversations = new Map<string, EventRow[]>();
  for (const event of firstEvents(events)) {
    const person = personOf(event, events);
    const key = JSON.stringify([person, event.phone_number_id]);
    conversations.set(key, [...(conversations.get(key) ?? []), event]);
  }
  const isAsked = ({ happened_at }: EventRow) =>
    (!since || happened_at >= since) && (!until || happened_at < until);
  return [...conversations.values()]
    .filter(all => all.some(isAsked))
    .map(all => summaryOf(all, all.filter(isAsked)));
}

/** Several events tell about one message; the first says when it was. */
function firstEvents(events: EventRow[]): EventRow[] {
  const first = new Map<string, EventRow>();
  for (const event of [...events].sort(byTime)) {
    const { group_id, user_id, contact, message_id, key, direction } = event;
    if (direction === null || !(group_id ?? user_id ?? contact)) continue;
    const id = JSON.stringify([direction, message_id ?? key]);
    if (!first.has(id)) first.set(id, event);
  }
  return [...first.values()];
}

function personOf(event: EventRow, events: EventRow[]): string | null {
  const told = events
    .filter(({ contact, user_id }) => contact === event.contact && user_id)
    .sort(
      (a, b) =>
        b.happened_at.getTime() - a.happened_at.getTime() ||
        ((a.user_id ?? '') < (b.user_id ?? '') ? 1 : -1),
    );
  const known = event.contact === null ? undefined : told[0]?.user_id;
  return event.group_id ?? event.user_id ?? known ?? event.contact;
}

function summaryOf(all: EventRow[], asked: EventRow[]) {
  const count = (direction: string) =>
    asked.filter(
      event => event.direction === direction && event.kind !== 'calls',
    ).length;
  const latest = (
    column: 'contact' | 'user_id' | 'group_id' | 'name' | 'phone_number_id',
  ) =>
    [...all].sort(byTime).findLast(event => event[column] !== null)?.[column];
  const last = (events: EventRow[]) =>
    [...events].sort(byTime).at(-1)?.happened_at.toISOString();
  return {
    phoneNumberId: latest('phone_number_id'),
    contact: latest('contact'),
    userId: latest('user_id'),
    groupId: latest('group_id'),
    name: latest('name'),
    inbound: count('in'),
    outbound: count('out'),
    lastAt: last(asked),
    lastInboundAt: last(all.filter(({ direction }) => direction === 'in')),
  };
}
