import type { CallEvent } from '../types';
import type { Change } from './envelope';
import { asNumber, asObject, asText, present } from './fields';
import type { Fields } from './fields';
import { readErrors } from './meta-errors';
import { findPerson } from './person';
import { toIsoTime } from './time';

/** A call that begins or ends; undefined without an ID. */
export function readCall(item: Fields, change: Change): CallEvent | undefined {
  const id = asText(item['id']);
  if (id === undefined) return undefined;
  const from = asText(item['from']);
  const to = asText(item['to']);
  const direction = asText(item['direction']);
  const [number, userId] =
    direction === 'BUSINESS_INITIATED'
      ? [to, item['to_user_id']]
      : [from, item['from_user_id']];
  return present<CallEvent>({
    id,
    event: asText(item['event']),
    status: asText(item['status']),
    direction,
    timestamp: toIsoTime(item['timestamp']),
    from,
    to,
    ...findPerson(change.contacts, number, asText(userId)),
    phoneNumberId: change.phoneNumberId,
    startTime: toIsoTime(item['start_time']),
    endTime: toIsoTime(item['end_time']),
    duration: asNumber(item['duration']),
    session: asObject(item['session']),
    errors: readErrors(item['errors']),
    callbackData: asText(item['biz_opaque_callback_data']),
    raw: item,
  });
}

/** What became of a call that the business made: it comes in the shape of a status. */
export function readCallStatus(
  item: Fields,
  change: Change,
): CallEvent | undefined {
  const call = readCall(item, change);
  if (call === undefined) return undefined;
  const to = asText(item['recipient_id']);
  const userId = asText(item['recipient_user_id']);
  return present<CallEvent>({
    ...call,
    to,
    ...findPerson(change.contacts, to, userId),
    raw: item,
  });
}
