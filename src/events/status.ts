import type { MessageStatus } from '../types';
import type { Change } from './envelope';
import { asObject, asText, present } from './fields';
import type { Fields } from './fields';
import { readErrors } from './meta-errors';
import { findPerson } from './person';
import { toIsoTime } from './time';

/** What became of a message that was sent; undefined without its ID or its status. */
export function readStatus(
  item: Fields,
  change: Change,
): MessageStatus | undefined {
  const id = asText(item['id']);
  const status = asText(item['status']);
  if (id === undefined || status === undefined) return undefined;
  const to = asText(item['recipient_id']);
  // Meta spells it in both ways.
  const member =
    asText(item['recipient_participant_id']) ??
    asText(item['participant_recipient_id']);
  const memberId = asText(item['recipient_participant_user_id']);
  const userId = memberId ?? asText(item['recipient_user_id']);
  return present<MessageStatus>({
    id,
    status,
    timestamp: toIsoTime(item['timestamp']),
    to,
    userId: findPerson(change.contacts, member ?? to, userId).userId,
    recipientType: asText(item['recipient_type']),
    participant: member ?? memberId,
    phoneNumberId: change.phoneNumberId,
    errors: readErrors(item['errors']),
    pricing: asObject(item['pricing']),
    conversation: asObject(item['conversation']),
    callbackData: asText(item['biz_opaque_callback_data']),
    raw: item,
  });
}
