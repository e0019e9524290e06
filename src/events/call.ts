import type { CallEvent } from '../types';
import type { Change, Fields, RawIds } from './change';
import {
  asNumber,
  asObject,
  asText,
  compact,
  findPerson,
  readErrors,
  toIsoTime,
} from './change';
import { recipientOf } from './status';
import { windowEnd } from './message';

/** A call that begins or ends; undefined without an ID. */
export function readCall(item: Fields, change: Change): CallEvent | undefined {
  const isOutgoing = item['direction'] === 'BUSINESS_INITIATED';
  const side = isOutgoing ? 'to' : 'from';
  const rawIds = {
    number: item[side],
    userId: item[`${side}_user_id`],
    parentUserId: item[`${side}_parent_user_id`],
  };
  return compose(item, change, side, rawIds);
}

/** What became of a call that the business made: it comes in the shape of a status. */
export function readCallStatus(
  item: Fields,
  change: Change,
): CallEvent | undefined {
  return compose(item, change, 'to', recipientOf(item));
}

function compose(
  item: Fields,
  change: Change,
  side: 'from' | 'to',
  rawIds: RawIds,
): CallEvent | undefined {
  const id = asText(item['id']);
  if (id === undefined) return undefined;
  const { number, contact, identityKeyHash, ...person } = findPerson(
    change.contacts,
    rawIds,
  );
  const event = asText(item['event']);
  const timestamp = toIsoTime(item['timestamp']);
  const isFromPerson = side === 'from' && event !== undefined;
  return compact<CallEvent>({
    id,
    event,
    status: statusOf(item),
    direction: asText(item['direction']),
    timestamp,
    windowExpiresAt: isFromPerson ? windowEnd('call', timestamp) : undefined,
    from: asText(item['from']),
    to: asText(item['to']),
    [side]: number,
    ...person,
    ...change.place,
    startTime: toIsoTime(item['start_time']),
    endTime: toIsoTime(item['end_time']),
    duration: asNumber(item['duration']),
    session: asObject(item['session']),
    errors: readErrors(item['errors']),
    callbackData: asText(item['biz_opaque_callback_data']),
    identityKeyHash,
    contact,
    raw: item,
  });
}

/** Meta's pages show it as a list; of several, nobody knows which it is. */
function statusOf({ status }: Fields): string | undefined {
  if (!Array.isArray(status)) return asText(status);
  const [only, another] = status as unknown[];
  return another === undefined ? asText(only) : undefined;
}
