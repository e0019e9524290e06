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

function keyOf(found: Found): string | undefined {
  try {
    return JSON.stringify([found.list, ...identityOf(found)]);
  } catch {
    // Nested too deep to compare, but not too deep to keep.
    return undefined;
  }
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
