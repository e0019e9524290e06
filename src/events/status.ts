import type { MessageStatus, StatusContents } from '../types';
import type { Change, Fields, Person, RawIds } from './change';
import {
  asObject,
  asText,
  compact,
  findPerson,
  readErrors,
  toIsoTime,
} from './change';

/** What became of a message that was sent; undefined without its ID or its status. */
export function readStatus(
  item: Fields,
  change: Change,
): MessageStatus | undefined {
  const id = asText(item['id']);
  const status = asText(item['status']);
  if (id === undefined || status === undefined) return undefined;
  const conversation = asObject(item['conversation']);
  const { identityKeyHash, ...whom } = findRecipient(item, change);
  return compact<MessageStatus>({
    id,
    status,
    timestamp: toIsoTime(item['timestamp']),
    ...whom,
    ...change.place,
    errors: readErrors(item['errors']),
    // Of groups, Meta tells the price a level lower.
    pricing: asObject(item['pricing']) ?? asObject(conversation?.['pricing']),
    conversation,
    callbackData: asText(item['biz_opaque_callback_data']),
    identityKeyHash:
      asText(item['recipient_identity_key_hash']) ?? identityKeyHash,
    raw: item,
  });
}

/** Of a group, the person is the member whom the status is about. */
function findRecipient(item: Fields, { contacts }: Change) {
  const recipientType = asText(item['recipient_type']);
  const member = memberOf(item);
  const participant = Object.values(member).map(asText).find(Boolean);
  if (recipientType !== 'group' && participant === undefined) {
    const { number, ...person } = findPerson(contacts, recipientOf(item));
    return { to: number, ...person, recipientType };
  }
  const nobody: Partial<Person> = {};
  const { number: _, ...person } =
    participant === undefined ? nobody : findPerson(contacts, member);
  const to = asText(item['recipient_id']);
  return { to, ...person, recipientType, participant };
}

/** Meta has three names for the parent's ID. */
export const recipientOf = (item: Fields): RawIds => ({
  number: item['recipient_id'],
  userId: item['recipient_user_id'],
  parentUserId:
    asText(item['recipient_parent_user_id']) ??
    asText(item['parent_recipient_user_id']) ??
    item['parent_user_id'],
});

/** Meta spells the number of a member in both ways. */
const memberOf = (item: Fields): RawIds => ({
  number:
    asText(item['recipient_participant_id']) ??
    item['participant_recipient_id'],
  userId: item['recipient_participant_user_id'],
  parentUserId: item['recipient_participant_parent_user_id'],
});

// `read` comes without `delivered`, and everything in any order.
const RANKS: Record<keyof StatusContents, number> = {
  sent: 0,
  delivered: 1,
  read: 2,
  played: 3,
  failed: 4,
};
const RANK: ReadonlyMap<string, number> = new Map(Object.entries(RANKS));

/**
 * The furthest status of each message, in the place of its first one; in a
 * group, of each participant. A status that we do not know stays beside it.
 */
export function collapseStatuses(statuses: MessageStatus[]): MessageStatus[] {
  const furthest = new Map<string, MessageStatus>();
  for (const status of statuses) {
    const key = statusKey(status);
    const before = furthest.get(key);
    if (!before || rankOf(status) > rankOf(before)) furthest.set(key, status);
  }
  return [...furthest.values()];
}

function statusKey({ id, participant, status }: MessageStatus): string {
  return JSON.stringify([id, participant, RANK.has(status) ? '' : status]);
}

function rankOf({ status }: MessageStatus): number {
  return RANK.get(status) ?? -1;
}
