import type { AccountEvent } from '../types';
import type { Change } from './envelope';
import { asObject, asText, present } from './fields';
import type { Fields } from './fields';
import { readError } from './meta-errors';
import { readMessage } from './message';
import { findPerson } from './person';
import { toIsoTime } from './time';

/** News of an account, a number, a template or a person's wishes: Meta's own fields, and where and when. */
export function readAccount(item: Fields, change: Change): AccountEvent {
  return present<AccountEvent>({
    ...item,
    field: change.field ?? 'unknown',
    wabaId: change.wabaId,
    phoneNumberId: change.phoneNumberId,
    timestamp: toIsoTime(timeOf(item)) ?? change.time,
    raw: item,
  });
}

/** A change in the address book has its time a level lower. */
function timeOf(item: Fields): unknown {
  return item['timestamp'] ?? asObject(item['metadata'])?.['timestamp'];
}

/**
 * A message that a person wrote in the business's own app, or an old one. It
 * is no inbound message: a job that answers those would answer itself.
 */
export function readEcho(
  item: Fields,
  change: Change,
): AccountEvent | undefined {
  const message = readMessage(item, change);
  if (message === undefined) return undefined;
  const { field, wabaId, timestamp } = readAccount(item, change);
  const to = asText(item['to']);
  const userId = asText(item['to_user_id']);
  const isToPerson = to !== undefined || userId !== undefined;
  return present<AccountEvent>({
    ...message,
    ...(isToPerson && findPerson(change.contacts, to, userId)),
    // No window for an answer opens.
    windowExpiresAt: undefined,
    to,
    field,
    wabaId,
    timestamp,
    raw: item,
  });
}

/** An error that belongs to no message: Meta sends it among the messages. */
export function readAccountError(item: Fields, change: Change): AccountEvent {
  const error = readAccount(readError(item), change);
  return { ...error, field: 'errors', raw: item };
}
