/** The contacts of a list, by everything that names a person. */
type Index = ReadonlyMap<string, object[]>;

const indexes = new WeakMap<object, Index>();

/** How many digits of two spellings of a number are the same. */
const SAME_DIGITS = 7;

/** Those of the contacts beside some items whom the items name. */
export function contactsOf(contacts: unknown, items: object[]): unknown {
  if (!Array.isArray(contacts) || contacts.length < 2) return contacts;
  const index = indexes.get(contacts) ?? indexContacts(contacts);
  indexes.set(contacts, index);
  const found = items.flatMap(item => findContacts(item, index));
  return [...new Set(found)];
}

function findContacts(item: object, index: Index): object[] {
  const words = textsOf(item);
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
