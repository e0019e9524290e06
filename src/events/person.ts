import { personKey } from '../recipients/person';
import { isUserId } from '../recipients/recipient';
import type { Fields } from './fields';
import { asObject, asText, objectsOf } from './fields';

/** What a payload says of who a person is, before its contacts are asked. */
export type Told = {
  number?: unknown;
  userId?: unknown;
  parentUserId?: unknown;
};

type Ids = { [K in keyof Required<Told>]: string | undefined };

/** A person, as far as an item and the contacts beside it tell. */
export type Person = Ids & {
  name: string | undefined;
  username: string | undefined;
  identityKeyHash: string | undefined;
  contact: Fields | undefined;
};

/** Finds the contact with these IDs, however many contacts there are. */
export type Contacts = (ids: Ids) => Fields | undefined;

/** The contacts of a change, by everything that names a person. */
export function indexContacts(given: unknown): Contacts {
  const list = objectsOf(given).map(contact => ({
    contact,
    ids: idsOf({
      number: contact['wa_id'],
      userId: contact['user_id'],
      parentUserId: contact['parent_user_id'],
    }),
  }));
  const exact = indexBy(list, ({ ids }) => Object.values(ids));
  // Only of use when a number is spelled in two ways, which is rare.
  let spelled: Map<string, Fields> | undefined;
  return ids => {
    const found = namesOf(ids, exact);
    if (found !== undefined) return found;
    spelled ??= indexBy(list, one => [personKey(one.ids.number)]);
    const key = personKey(ids.number);
    const same = key === undefined ? undefined : spelled.get(key);
    const [only, another] = list;
    const isOnly = only !== undefined && another === undefined;
    const isMeant = isOnly && (isNobody(only.ids) || isNobody(ids));
    return same ?? (isMeant ? only.contact : undefined);
  };
}

type Indexed = { contact: Fields; ids: Ids };

function indexBy(
  list: Indexed[],
  keysOf: (one: Indexed) => (string | undefined)[],
): Map<string, Fields> {
  const index = new Map<string, Fields>();
  for (const one of list) {
    for (const key of keysOf(one)) {
      if (key !== undefined && !index.has(key)) index.set(key, one.contact);
    }
  }
  return index;
}

/** The contact that one of the IDs names; the parent's last, as several may have it. */
function namesOf(ids: Ids, exact: Map<string, Fields>): Fields | undefined {
  for (const id of [ids.number, ids.userId, ids.parentUserId]) {
    const contact = id === undefined ? undefined : exact.get(id);
    if (contact !== undefined) return contact;
  }
  return undefined;
}

/** Without any ID. With different kinds of IDs, two may be one person, but nothing says so. */
const isNobody = (ids: Ids): boolean =>
  Object.values(ids).every(id => id === undefined);

/**
 * The person whom an item names, with what the contacts add. Not by position:
 * contacts and items need not stand in the same order, nor in the same number.
 * Who is named nowhere is the only contact, and nobody when there are two.
 */
export function findPerson(contacts: Contacts, told: Told): Person {
  const ids = idsOf(told);
  const contact = contacts(ids);
  const profile = asObject(contact?.['profile']);
  const known = idsOf({
    number: contact?.['wa_id'],
    userId: contact?.['user_id'],
    parentUserId: contact?.['parent_user_id'],
  });
  const parentUserId = ids.parentUserId ?? known.parentUserId;
  return {
    number: ids.number ?? known.number,
    userId: ids.userId ?? known.userId ?? parentUserId,
    parentUserId,
    name: asText(profile?.['name']),
    username: asText(profile?.['username']),
    identityKeyHash: asText(contact?.['identity_key_hash']),
    contact,
  };
}

/** Meta sends empty texts for what it does not tell, and may put a user ID where a number should be. */
function idsOf(told: Told): Ids {
  const number = asText(told.number);
  const isId = number !== undefined && isUserId(number);
  const isOfParent = isId && number.slice(2).startsWith('.ENT.');
  return {
    number: isId ? undefined : number,
    userId: asText(told.userId) ?? (isId && !isOfParent ? number : undefined),
    parentUserId:
      asText(told.parentUserId) ?? (isOfParent ? number : undefined),
  };
}
