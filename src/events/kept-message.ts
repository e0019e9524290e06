import type { AccountEvent } from '../types';
import { isObject } from '../core/values';
import { readAccount } from './account';
import type { Change, Fields, ListedEvent, RawIds } from './change';
import { asObject, asText, compact, findPerson, readUnknown } from './change';
import { readMessage } from './message';

// Messages that are not for us to answer: a job that answers inbound messages
// would answer itself, another, or what was said long ago.

type Direction = 'in' | 'out';

/** What the business wrote in its own app, or another wrote for it. */
export const readEcho = (
  item: Fields,
  change: Change,
): AccountEvent | undefined =>
  keep(item, change, 'out', {
    number: item['to'],
    userId: item['to_user_id'],
    parentUserId: item['to_parent_user_id'],
  });

/** What a person wrote while another handles the conversation. */
export const readStandby = (
  item: Fields,
  change: Change,
): AccountEvent | undefined => keep(item, change, 'in', {});

/** An old message, of which only the sender tells the direction. */
export const readOld = (
  item: Fields,
  change: Change,
): AccountEvent | undefined =>
  directionOf(item, change) === 'out'
    ? readEcho(item, change)
    : readStandby(item, change);

/**
 * The messages of a piece of the history, each with the person of its thread and
 * with how far the whole history has come. What holds no message is one event.
 */
export function readHistory(item: Fields, change: Change): ListedEvent[] {
  const { phase, chunk_order, progress } = asObject(item['metadata']) ?? {};
  const extent = compact<Fields>({ phase, chunk_order, progress });
  const { threads } = item;
  if (!Array.isArray(threads) || threads.length === 0) {
    return [{ list: 'account', event: readAccount(item, change) }];
  }
  return threads.flatMap((thread: unknown) =>
    isObject(thread)
      ? readThread(thread, extent, change)
      : [readUnknown(thread, change)],
  );
}

function readThread(
  thread: Fields,
  extent: Fields,
  change: Change,
): ListedEvent[] {
  const { messages } = thread;
  if (!Array.isArray(messages) || messages.length === 0) {
    const event = { ...extent, ...readAccount(thread, change) };
    return [{ list: 'account', event }];
  }
  return messages.map((message: unknown) => {
    const event = isObject(message) && readOfThread(message, thread, change);
    return event
      ? {
          list: 'account',
          event: compact<AccountEvent>(extent, event),
        }
      : readUnknown(message, change);
  });
}

/** The thread names the person, whoever of the two wrote. */
function readOfThread(
  message: Fields,
  thread: Fields,
  change: Change,
): AccountEvent | undefined {
  const context = asObject(thread['context']) ?? {};
  const person = {
    number: asText(thread['id']) ?? context['wa_id'],
    userId: context['user_id'],
    parentUserId: context['parent_user_id'],
  };
  const event = keep(message, change, directionOf(message, change), person);
  if (event === undefined) return undefined;
  const { userId, parentUserId } = findPerson(change.contacts, person);
  return compact<AccountEvent>({
    ...event,
    userId: event.userId ?? userId,
    parentUserId: event.parentUserId ?? parentUserId,
    username: event.username ?? asText(context['username']),
  });
}

function directionOf(item: Fields, change: Change): Direction {
  const { from_me } = asObject(item['history_context']) ?? {};
  if (typeof from_me === 'boolean') return from_me ? 'out' : 'in';
  const number = change.place.displayPhoneNumber?.replace(/\D/g, '');
  return asText(item['from'])?.replace(/\D/g, '') === number ? 'out' : 'in';
}

function keep(
  item: Fields,
  change: Change,
  direction: Direction,
  recipient: RawIds,
): AccountEvent | undefined {
  const message = readMessage(item, change);
  if (message === undefined) return undefined;
  const { field, timestamp } = readAccount(item, change);
  const status = asText(asObject(item['history_context'])?.['status']);
  const out = direction === 'out' && {
    from: asText(item['from']),
    ...recipientOf(recipient, change),
    // It opens no window for an answer.
    windowExpiresAt: undefined,
  };
  return compact<AccountEvent>(item, message, out || {}, {
    direction,
    status: status?.toLowerCase(),
    field,
    timestamp,
    raw: item,
  });
}

function recipientOf(recipient: RawIds, { contacts }: Change) {
  const { number, ...person } = findPerson(contacts, recipient);
  return { to: number, ...person };
}
