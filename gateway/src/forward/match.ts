import { normalizeWords } from '../settings/destination';
import type { Destination, Match } from '../settings/destination';
import type { Kind } from '../settings/forward';

/** What routes look at in an event. */
export type Routable = { kind: Kind; item: object };

/**
 * The events that each destination takes. The first route that matches an event
 * takes it; a copy lets it go on to the next.
 */
export function assign<E extends Routable>(
  events: readonly E[],
  destinations: readonly Destination[],
): Map<Destination, E[]> {
  const taken = new Map<Destination, E[]>();
  for (const event of events) {
    for (const destination of takersOf(event, destinations)) {
      const list = taken.get(destination);
      if (list === undefined) taken.set(destination, [event]);
      else list.push(event);
    }
  }
  return taken;
}

/** The destinations of an event, in the order of the routes. */
export function takersOf(
  event: Routable,
  destinations: readonly Destination[],
): Destination[] {
  const takers: Destination[] = [];
  const read = factsOf(event);
  for (const destination of destinations) {
    if (!matches(read, destination.match)) continue;
    takers.push(destination);
    if (!destination.isCopy) break;
  }
  return takers;
}

type EventFacts = {
  kind: Kind;
  type: string;
  phoneNumberId: string;
  wabaId: string;
  /** Normalized when it is first asked for. */
  words: () => string;
};

function factsOf({ kind, item }: Routable): EventFacts {
  const fields = item as Record<string, unknown>;
  const text = (name: string) => {
    const value = fields[name];
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

function matches(facts: EventFacts, match: Match): boolean {
  const { kinds, types, phoneNumberIds, wabaIds, keywords } = match;
  return (
    kinds.includes(facts.kind) &&
    (types?.includes(facts.type) ?? true) &&
    (phoneNumberIds?.includes(facts.phoneNumberId) ?? true) &&
    (wabaIds?.includes(facts.wabaId) ?? true) &&
    (keywords?.some(keyword => beginsWith(facts.words(), keyword)) ?? true)
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
