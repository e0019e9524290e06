import { ownOf } from '../core/values';
import type { UnknownEvent, WebhookEvents } from '../types';
import { personKey } from '../recipients/person';
import { isUserId } from '../recipients/recipient';
import { asObject, asText, toIsoTime, compact, objectsOf } from './fields';
import type { Fields } from './fields';

/** One change of a payload, with what its envelope says of all its items. */
export type Change = {
  field: string | undefined;
  /** Undefined when there is nothing to read. */
  value: Fields | undefined;
  /** Which of our numbers and accounts it is about. */
  place: Place;
  /** When Meta made the notification. */
  time: string | undefined;
  contacts: Contacts;
  raw: unknown;
};

type Place = {
  phoneNumberId: string | undefined;
  displayPhoneNumber: string | undefined;
  wabaId: string | undefined;
};

const ENTRY_KEYS = new Set(['id', 'time', 'changes', 'field', 'object']);

/** Every change of every entry; what is no change is one without a value. */
export function changesOf(payload: { entry: unknown[] }): Change[] {
  return payload.entry.flatMap(entry => {
    const fields = asObject(entry);
    const changes = fields?.['changes'];
    if (fields === undefined || !Array.isArray(changes)) {
      return [makeChange(fields ?? {}, entry)];
    }
    return [...(changes as unknown[]), ...restOf(fields)].map(raw =>
      makeChange(fields, raw),
    );
  });
}

function makeChange(entry: Fields, raw: unknown): Change {
  const value = asObject(asObject(raw)?.['value']);
  const field = fieldOf(entry, asObject(raw), value);
  // Of `standby`, everything may stand a level lower.
  const inner = asObject(value && ownOf(value, field ?? ''));
  return {
    field,
    value,
    place: placeOf(entry, { ...inner, ...value }),
    time: toIsoTime(entry['time']),
    contacts: indexContacts(value?.['contacts'] ?? inner?.['contacts']),
    raw,
  };
}

/** A handover of a conversation names our number as its recipient. */
function placeOf(entry: Fields, value: Fields): Place {
  const about = asObject(value['metadata']) ?? asObject(value['recipient']);
  return {
    phoneNumberId: asText(about?.['phone_number_id']),
    displayPhoneNumber: asText(about?.['display_phone_number']),
    wabaId: asText(entry['id']),
  };
}

/** Two of Meta's own examples have the field one level too high or too low. */
function fieldOf(entry: Fields, change?: Fields, value?: Fields) {
  return (
    asText(change?.['field']) ??
    asText(entry['field']) ??
    asText(value?.['field'])
  );
}

function restOf(entry: Fields): Fields[] {
  return Object.entries(entry)
    .filter(([name, content]) => !ENTRY_KEYS.has(name) && content !== null)
    .map(([name, content]) => ({ [name]: content }));
}

/** An event, and the list of the result that it belongs to. */
export type ListedEvent = {
  [List in keyof WebhookEvents]: {
    list: List;
    event: WebhookEvents[List][number];
  };
}[keyof WebhookEvents];

/** What is not understood, whole. */
export function readUnknown(raw: unknown, change: Change): ListedEvent {
  const { field, place, time } = change;
  const event = compact<UnknownEvent>({
    field,
    ...place,
    timestamp: time,
    raw,
  });
  return { list: 'unknown', event };
}

/** What a payload says of who a person is, before its contacts are asked. */
export type RawIds = {
  number?: unknown;
  userId?: unknown;
  parentUserId?: unknown;
};

type Ids = { [K in keyof Required<RawIds>]: string | undefined };

/** A person, as far as an item and the contacts beside it tell. */
export type Person = Ids & {
  name: string | undefined;
  username: string | undefined;
  identityKeyHash: string | undefined;
  contact: Fields | undefined;
};

/** Finds the contact with these IDs, however many contacts there are. */
type Contacts = (ids: Ids) => Fields | undefined;

/** The contacts of a change, by everything that names a person. */
function indexContacts(given: unknown): Contacts {
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
export function findPerson(contacts: Contacts, rawIds: RawIds): Person {
  const ids = idsOf(rawIds);
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
function idsOf(rawIds: RawIds): Ids {
  const number = asText(rawIds.number);
  const isId = number !== undefined && isUserId(number);
  const isOfParent = isId && number.slice(2).startsWith('.ENT.');
  return {
    number: isId ? undefined : number,
    userId: asText(rawIds.userId) ?? (isId && !isOfParent ? number : undefined),
    parentUserId:
      asText(rawIds.parentUserId) ?? (isOfParent ? number : undefined),
  };
}
