import type { WebhookEvents } from '../types';
import type { Found } from './found';

/** The events, each once: Meta repeats itself, also within a payload. */
export function withoutDuplicates(found: Found[]): Found[] {
  const seen = new Set<string>();
  return found.filter(one => {
    const key = keyOf(one);
    if (key === undefined) return true;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

function keyOf({ list, event }: Found): string | undefined {
  try {
    return eventKey(list, event);
  } catch {
    // Nested too deep to compare, but not too deep to keep.
    return undefined;
  }
}

/** The same text for the same event, in whatever webhook it comes. */
export function eventKey<Kind extends keyof WebhookEvents>(
  kind: Kind,
  event: WebhookEvents[Kind][number],
): string {
  return JSON.stringify([kind, ...identityOf({ list: kind, event } as Found)]);
}

/** What tells an event from the others of its list. */
function identityOf({ list, event }: Found): unknown[] {
  switch (list) {
    case 'messages':
    case 'notices':
      return [event.id];
    case 'statuses':
      return [event.id, event.status, event.participant];
    case 'calls':
      return [event.id, event.event, event.status];
    default:
      return [
        event.field,
        event.wabaId,
        event.phoneNumberId,
        event.timestamp,
        event.raw,
      ];
  }
}
