import { isObject, objectsIn, setOwn } from '../core/values';
import { isUserId, personKey } from '../recipients/recipient';
import type { MetaError, UnknownEvent, WebhookEvents } from '../types';

// What every reader of events needs: the change that an item came in, its fields, and the people in it.

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

export type Place = {
  phoneNumberId: string | undefined;
  displayPhoneNumber: string | undefined;
  wabaId: string | undefined;
};

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
export function indexContacts(given: unknown): Contacts {
  const list = objectsIn(given).map(contact => ({
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

/** An object of Meta's, of which nothing is sure. */
export type Fields = Record<string, unknown>;

/** The optional keys of `T` may be undefined until `compact` leaves them out. */
type Sparse<T> = {
  [K in keyof T]: object extends Pick<T, K> ? T[K] | undefined : T[K];
};

/**
 * One object of all parts, without what is undefined, which is no JSON: also not
 * from an earlier part. A literal that goes on after a spread takes V8 twenty times as long.
 */
export function compact<T extends object>(...parts: Sparse<Partial<T>>[]): T {
  const result: Fields = {};
  for (const part of parts) {
    const fields = part as Fields;
    // Not entries: a list for each of them takes as long as all the rest.
    for (const name of Object.keys(fields)) {
      const value = fields[name];
      if (value !== undefined) setOwn(result, name, value);
      else if (Object.hasOwn(result, name)) delete result[name];
    }
  }
  return result as T;
}

/** Text with something in it; IDs and times sometimes come as numbers. */
export function asText(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function asNumber(value: unknown): number | undefined {
  const text = asText(value)?.trim();
  const number = text ? Number(text) : NaN;
  return Number.isFinite(number) ? number : undefined;
}

export function asObject(value: unknown): Fields | undefined {
  return isObject(value) ? value : undefined;
}

// Meta writes seconds, in some account fields milliseconds; as seconds, this
// is the year 5138.
const MOST_SECONDS = 1e11;
const END_OF_YEAR_9999 = 253_402_300_799_999;

/** A Unix time as ISO text, or undefined for what is no time. */
export function toIsoTime(value: unknown): string | undefined {
  const text = asText(value)?.trim() ?? '';
  if (!/^\d+(\.\d+)?$/.test(text)) return undefined;
  const number = Number(text);
  const ms = number > MOST_SECONDS ? number : number * 1000;
  // 0 is how a missing time is written, not the year 1970.
  if (ms === 0 || ms > END_OF_YEAR_9999) return undefined;
  return new Date(ms).toISOString();
}

/** Meta's errors, each code a number. */
export function readErrors(errors: unknown): MetaError[] | undefined {
  if (!Array.isArray(errors)) return undefined;
  const list: unknown[] = errors;
  return list.map(error => (isObject(error) ? readError(error) : { error }));
}

/** An error of Meta's; some providers write its code as text. */
export function readError(error: Fields): MetaError {
  const code = asNumber(error['code']);
  return code === undefined ? error : { ...error, code };
}

/** The exact bytes of text or of a byte array from whatever realm; undefined for anything else. */
export function readBytes(value: unknown): Buffer | undefined {
  if (typeof value === 'string') return Buffer.from(value, 'utf8');
  if (!ArrayBuffer.isView(value)) return undefined;
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}
