import { nextId } from '../ids';
import type { Settings } from '../settings/settings';
import type { ReadEvent } from '../store/read-events';
import type { Outgoing } from '../store/writer';
import { isContainer, keepOnly, withRaw } from './body';
import type { Webhook } from './body';

type Choice = Pick<Settings, 'forward' | 'forwardEach' | 'forwardRaw'>;

// With the whole text beside each of a thousand events, a webhook of Meta's
// would be larger than a database takes, and could never be stored.
const MOST_BESIDE = 32 * 1024 * 1024;

/**
 * What to forward of a webhook whose `fresh` events are new: the whole body as
 * Meta sent it when all of it is wanted, else the wanted events in Meta's shape.
 */
export function compose(
  webhook: Webhook,
  events: ReadEvent[],
  fresh: ReadonlySet<string>,
  { forward, forwardEach, forwardRaw }: Choice,
): Outgoing[] {
  const wanted = events.filter(
    ({ kind, row }) => forward.has(kind) && fresh.has(row.id),
  );
  const beside = forwardRaw ? wanted.length * webhook.raw.length : 0;
  const isSplit = forwardEach && beside <= MOST_BESIDE;
  const groups = isSplit ? wanted.map(event => [event]) : [wanted];
  return groups
    .filter(group => group.length > 0)
    .map(group => {
      const body = bodyOf(webhook, group, group.length === events.length);
      return {
        id: nextId(),
        body: forwardRaw ? withRaw(body, webhook) : body,
        counts: countKinds(group),
      };
    });
}

function bodyOf({ raw, payload }: Webhook, group: ReadEvent[], isAll: boolean) {
  if (isAll) return raw;
  try {
    const kept = keepOnly(payload, new Set(group.flatMap(itemsOf)));
    if (kept !== undefined) return JSON.stringify(kept);
  } catch {
    // Nested too deep to be cut.
  }
  // What cannot be cut out goes as it came: twice is better than never.
  return raw;
}

/** The item itself. What `parse` calls unknown may be the content of a property, under its name. */
function itemsOf({ raw }: ReadEvent): object[] {
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
