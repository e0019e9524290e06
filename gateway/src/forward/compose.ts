import { nextId } from '../core/ids';
import { normalizeWords } from '../settings/destination';
import type { Destination, Match } from '../settings/destination';
import type { Kind } from '../settings/forwarding';
import type { ReadEvent } from '../store/event-columns';
import type { Outgoing } from '../store/webhook-store';
import { createPayloadFilter, isContainer, withRaw } from './payload-filter';
import type { Item, PayloadFilter, Webhook } from './payload-filter';

/** What to forward of a webhook whose `fresh` events are new, to each route that takes some. */
export function composeAll(
  webhook: Webhook,
  events: readonly ReadEvent[],
  fresh: ReadonlySet<string>,
  destinations: readonly Destination[],
): Outgoing[] {
  const news = events.filter(({ row }) => fresh.has(row.id));
  return [...assignEvents(news, destinations)].flatMap(
    ([destination, wanted]) => compose(webhook, events, wanted, destination),
  );
}

type Choice = Pick<Destination, 'name' | 'isEach' | 'isRaw' | 'order'>;

/**
 * What to forward of a webhook to a destination that takes the `wanted` of its
 * `events`: the whole body as Meta sent it when these are all, else the wanted
 * events in Meta's shape.
 */
export function compose(
  webhook: Webhook,
  events: readonly ReadEvent[],
  wanted: readonly ReadEvent[],
  destination: Choice,
): Outgoing[] {
  const { name, isRaw, order } = destination;
  let filter: PayloadFilter | undefined;
  return groupsOf(wanted, destination).map(group => {
    const isAll = group.length === events.length;
    filter ??= isAll ? undefined : createPayloadFilter(webhook.payload);
    const body = filter ? cut(webhook, group, filter) : webhook.raw;
    return {
      id: nextId(),
      route: name,
      person: order === 'person' ? personOf(group[0]) : null,
      events: group.map(({ row }) => row.id),
      body: isRaw ? withRaw(body, webhook) : body,
      counts: countKinds(group),
    };
  });
}

/** What goes out in one request. */
function groupsOf(
  wanted: readonly ReadEvent[],
  { isEach, order }: Choice,
): ReadEvent[][] {
  if (isEach) return wanted.map(event => [event]);
  if (order === 'none') return wanted.length > 0 ? [[...wanted]] : [];
  const groups = new Map<string | null, ReadEvent[]>();
  for (const event of wanted) {
    const person = personOf(event);
    const group = groups.get(person);
    if (group === undefined) groups.set(person, [event]);
    else group.push(event);
  }
  return [...groups.values()];
}

/** The person or the group whose events stay in order. */
const personOf = (event?: ReadEvent): string | null =>
  event?.row.group_id ?? event?.row.contact ?? event?.row.user_id ?? null;

function cut(
  { raw }: Webhook,
  group: ReadEvent[],
  filter: PayloadFilter,
): string {
  try {
    const kept = filter(group.map(itemOf));
    if (kept !== undefined) return JSON.stringify(kept);
  } catch {
    // Nested too deep to be cut.
  }
  // What cannot be cut out goes as it came: twice is better than never.
  return raw;
}

function itemOf({ raw, row }: ReadEvent): Item {
  const persons = [row.contact, row.user_id].filter(id => id !== null);
  return { places: placesOf(raw), persons };
}

/** The item itself. What `parse` calls unknown may be the content of a property, under its name. */
function placesOf(raw: unknown): object[] {
  if (!isContainer(raw)) return [];
  const contents: unknown[] = Object.values(raw);
  const isWrapped = !Array.isArray(raw) && contents.length === 1;
  return isWrapped ? [raw, ...contents.filter(isContainer)] : [raw];
}

/** How many events of each kind there are. */
export function countKinds(events: { kind: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of events) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** What routes look at in an event. */
export type Routable = { kind: Kind; item: object };

/**
 * The events that each destination takes. The first route that matches an event
 * takes it; a copy lets it go on to the next.
 */
export function assignEvents<E extends Routable>(
  events: readonly E[],
  destinations: readonly Destination[],
): Map<Destination, E[]> {
  const taken = new Map<Destination, E[]>();
  for (const event of events) {
    for (const destination of findTakers(event, destinations)) {
      const list = taken.get(destination);
      if (list === undefined) taken.set(destination, [event]);
      else list.push(event);
    }
  }
  return taken;
}

/** The destinations of an event, in the order of the routes. */
export function findTakers(
  event: Routable,
  destinations: readonly Destination[],
): Destination[] {
  const takers: Destination[] = [];
  const read = readFields(event);
  for (const destination of destinations) {
    if (!matches(read, destination.match)) continue;
    takers.push(destination);
    if (!destination.isCopy) break;
  }
  return takers;
}

type EventFields = {
  kind: Kind;
  type: string;
  phoneNumberId: string;
  wabaId: string;
  /** Normalized when it is first asked for. */
  words: () => string;
};

function readFields({ kind, item }: Routable): EventFields {
  const text = (name: string) => {
    const value = (item as Record<string, unknown>)[name];
    return typeof value === 'string' ? value : '';
  };
  let words: string | undefined;
  return {
    kind,
    // News of an account has the name of a webhook field instead.
    type: (kind === 'account' ? text('field') : text('type')).toLowerCase(),
    phoneNumberId: text('phoneNumberId'),
    wabaId: text('wabaId'),
    words: () => (words ??= normalizeWords(text('text').slice(0, MOST_READ))),
  };
}

/** No keyword is longer, and no text is read further. */
const MOST_READ = 1000;

function matches(fields: EventFields, match: Match): boolean {
  const { kinds, types, phoneNumberIds, wabaIds, keywords } = match;
  return (
    kinds.includes(fields.kind) &&
    (types?.includes(fields.type) ?? true) &&
    (phoneNumberIds?.includes(fields.phoneNumberId) ?? true) &&
    (wabaIds?.includes(fields.wabaId) ?? true) &&
    (keywords?.some(keyword => beginsWith(fields.words(), keyword)) ?? true)
  );
}

const DECORATION = /^[^\p{L}\p{N}]+/u;
const IN_WORD = /^[\p{L}\p{N}\p{M}]/u;

/** Whether a text begins with a keyword as a whole word; what is before the first letter, such as * or a quotation mark, does not count. */
function beginsWith(words: string, keyword: string): boolean {
  return [words, words.replace(DECORATION, '')].some(text => {
    if (!text.startsWith(keyword)) return false;
    return !IN_WORD.test(text.slice(keyword.length));
  });
}
