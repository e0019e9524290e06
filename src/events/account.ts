import type { AccountEvent } from '../types';
import type { Change, Fields } from './change';
import {
  asObject,
  asText,
  compact,
  findPerson,
  readError,
  readErrors,
  toIsoTime,
} from './change';

/** News of an account, a number, a template or a person's wishes: Meta's own fields, and where and when. */
export function readAccount(item: Fields, change: Change): AccountEvent {
  return compact<AccountEvent>({
    ...item,
    ...personOf(item, change),
    field: change.field ?? 'unknown',
    ...change.place,
    timestamp: toIsoTime(timeOf(item)) ?? change.time,
    raw: item,
  });
}

/** The person whom an item is about, if it is about one. */
function personOf(item: Fields, { contacts }: Change): Fields {
  const { wa_id, user_id, parent_user_id } = item;
  if (![wa_id, user_id, parent_user_id].some(asText)) return {};
  const { number: _, ...person } = findPerson(contacts, {
    number: wa_id,
    userId: user_id,
    parentUserId: parent_user_id,
  });
  return compact<Fields>(person);
}

/** A change in the address book has its time a level lower. */
function timeOf(item: Fields): unknown {
  return item['timestamp'] ?? asObject(item['metadata'])?.['timestamp'];
}

/** An error that belongs to no message: Meta sends it among the messages. */
export function readAccountError(item: Fields, change: Change): AccountEvent {
  const error = readAccount(readError(item), change);
  return { ...error, field: 'errors', raw: item };
}

/** An item that is nothing but its errors, the first of them as the event's own. */
export function readItemErrors(
  item: Fields,
  change: Change,
): AccountEvent | undefined {
  const errors = readErrors(item['errors']);
  if (!errors?.[0]) return undefined;
  const event = readAccountError({ ...item, ...errors[0] }, change);
  return { ...event, errors, raw: item };
}
