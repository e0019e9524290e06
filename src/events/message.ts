import type { InboundMessage, Notice } from '../types';
import { ownOf } from '../core/values';
import { readContent } from './content';
import type { Change } from './envelope';
import { asObject, asText, present } from './fields';
import type { Fields } from './fields';
import { readErrors } from './meta-errors';
import { findPerson } from './person';
import type { Person } from './person';
import { toIsoTime } from './time';
import { windowEnd } from './window';

/** A message, with what a job wants to know of it first; undefined without an ID. */
export function readMessage(
  item: Fields,
  change: Change,
): InboundMessage | undefined {
  const id = asText(item['id']);
  if (id === undefined) return undefined;
  const person = findSender(item, change);
  const content = readContent(item);
  const type = typeOf(item);
  const timestamp = toIsoTime(item['timestamp']);
  const facts = {
    id,
    from: person.number,
    userId: person.userId,
    parentUserId: person.parentUserId,
    name: person.name,
    username: person.username,
    phoneNumberId: change.place.phoneNumberId,
    displayPhoneNumber: change.place.displayPhoneNumber,
    wabaId: change.place.wabaId,
    groupId: asText(item['group_id']),
    timestamp,
    windowExpiresAt: windowEnd(innerTypeOf(item), timestamp),
    type,
    text: content.text,
    replyId: content.replyId,
    mediaId: content.mediaId,
    flow: content.flow,
    contact: person.contact,
    identityKeyHash: person.identityKeyHash,
  };
  return present<InboundMessage>(facts, objectOfKind(item, type, facts), {
    context: asObject(item['context']),
    referral: asObject(item['referral']),
    identity: asObject(item['identity']),
    errors: readErrors(item['errors']),
    raw: item,
  });
}

/** What WhatsApp tells of a person or a message; undefined without an ID. */
export function readNotice(item: Fields, change: Change): Notice | undefined {
  const id = asText(item['id']);
  if (id === undefined) return undefined;
  const type = typeOf(item);
  const own = asObject(item[type]) ?? {};
  const system = type === 'system' ? own : {};
  const { text, ...content } = readContent(item);
  const facts = {
    id,
    type,
    event: asText(system['type']),
    messageId: asText(own['original_message_id']),
    ...identityOf(system, findSender(item, change)),
    ...change.place,
    groupId: asText(item['group_id']),
    timestamp: toIsoTime(item['timestamp']),
    text: text ?? asText(system['body']),
    ...content,
  };
  return present<Notice>(facts, objectOfKind(item, type, facts), {
    context: asObject(item['context']),
    errors: readErrors(item['errors']),
    raw: item,
  });
}

/** Who the person was, and has become. */
function identityOf(system: Fields, { number, ...person }: Person) {
  const previousParent = asText(system['previous_parent_user_id']);
  const previous = asText(system['previous_user_id']) ?? previousParent;
  return {
    from: number,
    ...person,
    userId: person.userId ?? previous,
    parentUserId: person.parentUserId ?? previousParent,
    newNumber: newNumberOf(system, number),
    newUserId: asText(system['user_id']),
    newParentUserId: asText(system['parent_user_id']),
  };
}

/** With a new identity the number stays; old versions have another word for the new one. */
function newNumberOf(system: Fields, before?: string): string | undefined {
  const { type, wa_id, new_wa_id } = system;
  if (asText(type)?.includes('identity')) return undefined;
  const number = asText(new_wa_id) ?? asText(wa_id);
  return number === before ? undefined : number;
}

export const typeOf = (item: Fields): string =>
  asText(item['type']) ?? 'unknown';

/** An edit that Meta does not hand out comes as `unsupported`, with the type of what it was. */
function innerTypeOf(item: Fields): string {
  const type = typeOf(item);
  if (type !== 'unsupported') return type;
  return asText(asObject(item[type])?.['type']) ?? type;
}

function findSender(item: Fields, { contacts }: Change): Person {
  return findPerson(contacts, {
    number: item['from'],
    userId: item['from_user_id'],
    parentUserId: item['from_parent_user_id'],
  });
}

/** Meta's object of the kind. None can take the place of a fact: that of `text` stays in `raw`. */
function objectOfKind(item: Fields, type: string, facts: object): Fields {
  if (Object.hasOwn(facts, type)) return {};
  return { [type]: ownOf(item, type) ?? undefined };
}
