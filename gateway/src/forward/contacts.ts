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
