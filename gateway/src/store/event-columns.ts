import { createHash } from 'node:crypto';
import type {
  AccountEvent,
  CallEvent,
  InboundMessage,
  MessageStatus,
  Notice,
  WebhookEvents,
} from '../../../src/types';
import { eventKey } from '../../../src/webhook';
import { nextId } from '../core/ids';
import type { Kind } from '../settings/forwarding';
import { KINDS } from '../settings/forwarding';

/** An event as the table `events` keeps it. */
export type StoredEvent = {
  id: string;
  /** The same for the same event, whenever and in whatever webhook it comes. */
  key: string;
  kind: Kind;
  direction: 'in' | 'out' | null;
  message_id: string | null;
  /** The person's number in digits. */
  contact: string | null;
  user_id: string | null;
  group_id: string | null;
  name: string | null;
  phone_number_id: string | null;
  happened_at: string;
  window_ends_at: string | null;
  /** The event as `parse` gives it, as JSON. */
  item: string;
};

/** The columns that only some kinds of event have. */
export type EventColumns = Partial<
  Pick<
    StoredEvent,
    | 'direction'
    | 'message_id'
    | 'contact'
    | 'user_id'
    | 'group_id'
    | 'name'
    | 'window_ends_at'
  >
>;

/** An event of a webhook: what `parse` gave, and the row that keeps it. */
export type ReadEvent = {
  kind: Kind;
  /** Meta's item, the same object as in the payload. */
  raw: unknown;
  item: Item;
  row: StoredEvent;
};

type Item = WebhookEvents[Kind][number];

/** The rows of all events of a webhook that came `now`, in its order. */
export function readEvents(
  events: WebhookEvents,
  now: string = new Date().toISOString(),
): ReadEvent[] {
  return KINDS.flatMap(kind =>
    events[kind].map((item: Item) => ({
      kind,
      raw: item.raw,
      item,
      row: rowOf(kind, item, now),
    })),
  );
}

function rowOf(kind: Kind, item: Item, now: string): StoredEvent {
  const columns = columnsOf(kind, item);
  return {
    id: nextId(),
    key: keyOf(kind, item, now),
    kind,
    direction: columns.direction ?? null,
    message_id: clip(columns.message_id),
    contact: clip(columns.contact),
    user_id: clip(columns.user_id),
    group_id: clip(columns.group_id),
    name: clip(columns.name),
    phone_number_id: clip(item.phoneNumberId),
    happened_at: item.timestamp ?? now,
    window_ends_at: columns.window_ends_at ?? null,
    item: JSON.stringify(item),
  };
}

function columnsOf(kind: Kind, item: Item): EventColumns {
  switch (kind) {
    case 'messages':
      return columnsOfMessage(item as InboundMessage);
    case 'notices':
      return columnsOfNotice(item as Notice);
    case 'statuses':
      return columnsOfStatus(item as MessageStatus);
    case 'calls':
      return columnsOfCall(item as CallEvent);
    case 'account':
      return columnsOfAccount(item as AccountEvent);
    case 'unknown':
      return {};
  }
}

/** A hash, because an index holds no key of any length. */
function keyOf(kind: Kind, item: Item, now: string): string {
  // Meta gives errors no time, and those of another day are new ones.
  const timestamp = item.timestamp ?? now.slice(0, 'YYYY-MM-DD'.length);
  const identity = eventKey(kind, { ...item, timestamp });
  return createHash('sha256').update(identity).digest('base64url');
}

/** PostgreSQL's texts hold no NUL and no half of a character, its indexes no text of any length. */
function clip(text: string | null | undefined): string | null {
  if (!text) return null;
  const short = text.replaceAll('\0', '').slice(0, 500);
  return short.replace(/\p{Surrogate}/gu, '\ufffd');
}

const orNull = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

function columnsOfMessage(message: InboundMessage): EventColumns {
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
function columnsOfNotice(notice: Notice): EventColumns {
  return {
    message_id: notice.id,
    contact: orNull(notice.from),
    user_id: orNull(notice.userId),
    group_id: orNull(notice.groupId),
    name: orNull(notice.name),
  };
}

function columnsOfStatus(status: MessageStatus): EventColumns {
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
function columnsOfCall(call: CallEvent): EventColumns {
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
function columnsOfAccount(event: AccountEvent): EventColumns {
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
