/** A webhook to forward. */
export type Webhook = {
  /** The body, exactly as it came. */
  raw: string;
  signature: string;
  payload: unknown;
};

/** An item of a payload. */
export type Item = {
  /** The objects that may stand for it. */
  places: object[];
  /** Who it is of, as far as the whole payload tells. */
  persons: string[];
};

/** The payload with nothing but some of its items, in Meta's shape; undefined when one of them is not found. */
export type PayloadFilter = (items: Item[]) => unknown;

type Place = { parent: object; key: string };

/** A container that is an item, or leads to items. */
type Kept = { isItem: boolean; keys: Set<string>; items: Named[] };

// What is said of all items beside them.
const AROUND = new Set(['messaging_product', 'metadata']);

/**
 * Cuts items out of a payload. The payload is read once, so that cutting out
 * each of thousands of items costs no more than the item.
 */
export function createPayloadFilter(payload: unknown): PayloadFilter {
  const places = indexPlaces(payload);
  return items => {
    const kept = new Map<object, Kept>();
    for (const { places: candidates, persons } of items) {
      const item = candidates.find(one => places.has(one) || one === payload);
      if (item === undefined) return undefined;
      markPath({ item, persons }, places, kept);
    }
    return isContainer(payload) ? keep(payload, kept) : undefined;
  };
}

function keep(container: object, kept: Map<object, Kept>): unknown {
  const found = kept.get(container);
  if (found === undefined || found.isItem) return container;
  const children = container as Record<string, object>;
  const inner = [...found.keys].map(
    key => [key, keep(children[key] as object, kept)] as const,
  );
  if (Array.isArray(container)) return inner.map(([, value]) => value);
  const values = new Map<string, unknown>(inner);
  // In Meta's order; what is no list and no object says nothing of others.
  const entries = Object.entries(container).flatMap(([key, value]) => {
    if (values.has(key)) return [[key, values.get(key)]];
    if (key === 'contacts') {
      return [[key, contactsOf(container, found.items)]];
    }
    return AROUND.has(key) || !isContainer(value) ? [[key, value]] : [];
  });
  return Object.fromEntries(entries) as object;
}

/** Notes an item, and everything that leads to it. */
function markPath(
  named: Named,
  places: Map<object, Place>,
  kept: Map<object, Kept>,
): void {
  const { item } = named;
  mark(item, kept).isItem = true;
  for (let place = places.get(item); place; place = places.get(place.parent)) {
    const { keys, items } = mark(place.parent, kept);
    keys.add(place.key);
    items.push(named);
  }
}

function mark(container: object, kept: Map<object, Kept>): Kept {
  const known = kept.get(container);
  if (known !== undefined) return known;
  const fresh = { isItem: false, keys: new Set<string>(), items: [] };
  kept.set(container, fresh);
  return fresh;
}

/** Where each container stands. No recursion: a payload may be nested deeper than the stack. */
function indexPlaces(payload: unknown): Map<object, Place> {
  const places = new Map<object, Place>();
  const waiting = isContainer(payload) ? [payload] : [];
  for (let parent = waiting.pop(); parent; parent = waiting.pop()) {
    for (const [key, value] of Object.entries(parent)) {
      if (!isContainer(value)) continue;
      places.set(value, { parent, key });
      waiting.push(value);
    }
  }
  return places;
}

/** The body with the exact text and its signature beside Meta's keys, so that a job can verify it. */
export function withRaw(body: string, { raw, signature }: Webhook): string {
  const beside = JSON.stringify({ raw, signature });
  return `${body.trimEnd().slice(0, -1)},${beside.slice(1)}`;
}

export function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** The contacts of a list, by everything that names a person. */
type Index = ReadonlyMap<string, object[]>;

/** Of each list of contacts, so that thousands of items beside it are cut out in linear time. */
const indexes = new WeakMap<object, Index | 'alone'>();

/** How many digits of two spellings of a number are the same. */
const SAME_DIGITS = 7;

/** An item, and who it is of as far as its whole webhook tells. */
export type Named = { item: object; persons: string[] };

/**
 * Those of the contacts beside some items whom the items name. The only contact
 * of the only item goes along in any case; of several items, it may be the
 * person of some only, which is not to be seen of one that is sent alone.
 */
export function contactsOf(container: object, items: Named[]): unknown {
  const { contacts, ...others } = container as Record<string, unknown>;
  if (!Array.isArray(contacts)) return contacts;
  const isAlone = () => contacts.length < 2 && countItems(others) < 2;
  const index =
    indexes.get(contacts) ?? (isAlone() ? 'alone' : indexContacts(contacts));
  indexes.set(contacts, index);
  if (index === 'alone') return contacts;
  const found = items.flatMap(item => findContacts(item, index));
  return [...new Set(found)];
}

const countItems = (others: object) =>
  Object.values(others).filter(Array.isArray).flat().length;

function findContacts({ item, persons }: Named, index: Index): object[] {
  const words = [...textsOf(item), ...persons];
  const exact = words.flatMap(word => index.get(word) ?? []);
  if (exact.length > 0) return exact;
  // A number is spelled in two ways in some countries.
  return words.flatMap(word => index.get(endOf(word)) ?? []);
}

function indexContacts(contacts: unknown[]): Index {
  const index = new Map<string, object[]>();
  for (const contact of contacts) {
    if (typeof contact !== 'object' || contact === null) continue;
    const words = textsOf(contact);
    for (const key of new Set([...words, ...words.map(endOf)])) {
      const known = index.get(key);
      if (known === undefined) index.set(key, [contact]);
      else known.push(contact);
    }
  }
  return index;
}

function textsOf(object: object): string[] {
  const values: unknown[] = Object.values(object);
  return values.filter(
    value => typeof value === 'string' && value !== '',
  ) as string[];
}

const endOf = (word: string) =>
  /^\d+$/.test(word) ? `…${word.slice(-SAME_DIGITS)}` : word;
