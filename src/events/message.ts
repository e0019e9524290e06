import type { InboundMessage } from '../types';
import { readContent } from './content';
import type { Change } from './envelope';
import { asObject, asText, present } from './fields';
import type { Fields } from './fields';
import { readErrors } from './meta-errors';
import { findPerson } from './person';
import { toIsoTime } from './time';
import { windowEnd } from './window';

/** A message, with what a job wants to know of it first; undefined without an ID. */
export function readMessage(
  item: Fields,
  change: Change,
): InboundMessage | undefined {
  const id = asText(item['id']);
  if (id === undefined) return undefined;
  const from = asText(item['from']);
  const type = asText(item['type']) ?? 'unknown';
  const timestamp = toIsoTime(item['timestamp']);
  const facts = {
    id,
    from,
    ...findPerson(change.contacts, from, asText(item['from_user_id'])),
    phoneNumberId: change.phoneNumberId,
    groupId: asText(item['group_id']),
    timestamp,
    windowExpiresAt: windowEnd(type, timestamp),
    type,
    ...readContent(item),
  };
  return present<InboundMessage>({
    ...facts,
    // No kind can take the place of a fact: that of `text` stays in `raw`.
    ...(Object.hasOwn(facts, type) ? {} : { [type]: item[type] ?? undefined }),
    context: asObject(item['context']),
    referral: asObject(item['referral']),
    errors: readErrors(item['errors']),
    raw: item,
  });
}
