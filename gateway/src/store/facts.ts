import type {
  AccountEvent,
  CallEvent,
  InboundMessage,
  MessageStatus,
  Notice,
} from '../../../src/types';
import type { Facts } from './event';

const orNull = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

export function factsOfMessage(message: InboundMessage): Facts {
  const isInGroup = message.groupId !== undefined;
  return {
    direction: 'in',
    message_id: message.id,
    contact: orNull(message.from),
    user_id: orNull(message.userId),
    group_id: orNull(message.groupId),
    name: orNull(message.name),
    // What is said in a group opens no window with the one who said it.
    window_ends_at: isInGroup ? null : orNull(message.windowExpiresAt),
  };
}

/** It is about a person, but no word of theirs. */
export function factsOfNotice(notice: Notice): Facts {
  return {
    message_id: notice.id,
    contact: orNull(notice.from),
    user_id: orNull(notice.userId),
    group_id: orNull(notice.groupId),
    name: orNull(notice.name),
  };
}

export function factsOfStatus(status: MessageStatus): Facts {
  const isOfGroup = status.recipientType === 'group';
  const { participant, userId } = status;
  // A member who shows no number is named by the user ID.
  const member = participant === userId ? undefined : participant;
  return {
    direction: 'out',
    message_id: status.id,
    contact: orNull(isOfGroup ? member : status.to),
    user_id: orNull(userId),
    group_id: isOfGroup ? orNull(status.to) : null,
  };
}

/** A call from a person opens the window as a message does. */
export function factsOfCall(call: CallEvent): Facts {
  const isFromPerson =
    call.direction === 'USER_INITIATED' ||
    (call.direction === undefined && call.event !== undefined);
  return {
    direction: isFromPerson ? 'in' : 'out',
    message_id: call.id,
    contact: orNull(isFromPerson ? call.from : call.to),
    user_id: orNull(call.userId),
    name: orNull(call.name),
    window_ends_at: orNull(call.windowExpiresAt),
  };
}

/** News of an account concern nobody, except a message that was not for us to answer. */
export function factsOfAccount(event: AccountEvent): Facts {
  const { direction, userId, wa_id } = event;
  const user_id = orNull(userId);
  if (direction === undefined) return { user_id, contact: orNull(wa_id) };
  return {
    direction,
    user_id,
    message_id: orNull(event['id']),
    contact: orNull(event[direction === 'out' ? 'to' : 'from']),
    group_id: orNull(event['groupId']),
    name: orNull(event.name),
    window_ends_at: event['groupId'] ? null : orNull(event['windowExpiresAt']),
  };
}
