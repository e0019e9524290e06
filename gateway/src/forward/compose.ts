import { nextId } from '../ids';
import type { ReadEvent } from '../store/read-events';
import type { Outgoing } from '../store/writer';
import { createKeepOnly, isContainer, withRaw } from './body';
import type { Item, KeepOnly, Webhook } from './body';
import { assign } from './match';
import type { Destination } from '../settings/destination';

/** What to forward of a webhook whose `fresh` events are new, to each route that takes some. */
export function composeAll(
  webhook: Webhook,
  events: readonly ReadEvent[],
  fresh: ReadonlySet<string>,
  destinations: readonly Destination[],
): Outgoing[] {
  const news = events.filter(({ row }) => fresh.has(row.id));
  return [...assign(news, destinations)].flatMap(([destination, wanted]) =>
    compose(webhook, events, wanted, destination),
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
  let keepOnly: KeepOnly | undefined;
  return groupsOf(wanted, destination).map(group => {
    const isAll = group.length === events.length;
    keepOnly ??= isAll ? undefined : createKeepOnly(webhook.payload);
    const body = keepOnly ? cut(webhook, group, keepOnly) : webhook.raw;
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

function cut({ raw }: Webhook, group: ReadEvent[], keepOnly: KeepOnly): string {
  try {
    const kept = keepOnly(group.map(itemOf));
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
