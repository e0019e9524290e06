import type {
  InboundMessage,
  Notice,
  InboundContents,
  NoticeContents,
} from '../types';
import { ownOf } from '../core/values';
import type { Change, Fields, Person } from './change';
import {
  asObject,
  asText,
  compact,
  findPerson,
  readErrors,
  toIsoTime,
} from './change';

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
  return compact<InboundMessage>(facts, objectOfKind(item, type, facts), {
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
  return compact<Notice>(facts, objectOfKind(item, type, facts), {
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

/** What a job wants to know of a message, whatever its kind. */
type Content = {
  text: string | undefined;
  replyId: string | undefined;
  mediaId: string | undefined;
  flow: unknown;
};

type Reader = (own: Fields) => { [K in keyof Content]?: unknown };

const readMedia: Reader = ({ id, caption }) => ({ text: caption, mediaId: id });

const readNothing: Reader = () => ({});

const KINDS: Record<keyof InboundContents, Reader> = {
  text: ({ body }) => ({ text: body }),
  image: readMedia,
  video: readMedia,
  audio: readMedia,
  voice: readMedia,
  document: readMedia,
  sticker: readMedia,
  location: readNothing,
  contacts: readNothing,
  reaction: ({ emoji }) => ({ text: emoji }),
  button: ({ text, payload }) => ({ text, replyId: payload }),
  interactive: readInteractive,
  order: ({ text }) => ({ text }),
  request_welcome: readNothing,
  unsupported: readNothing,
};

// A Map, because a type named `constructor` must find nothing.
const READERS: ReadonlyMap<string, Reader> = new Map(Object.entries(KINDS));

/** The person's words, choice, file or form in a message; of an edit, in the new version. */
function readContent(message: Fields): Content {
  const edited = message['type'] === 'edit' && asObject(message['edit']);
  const current = edited ? (asObject(edited['message']) ?? {}) : message;
  const type = asText(current['type']) ?? '';
  const own = asObject(ownOf(current, type)) ?? {};
  const { text, replyId, mediaId, flow } = READERS.get(type)?.(own) ?? {};
  return {
    text: asText(text),
    replyId: asText(replyId),
    mediaId: asText(mediaId),
    flow,
  };
}

/** A tapped button, a chosen row or a filled form: each under the name of its type. */
function readInteractive(interactive: Fields): ReturnType<Reader> {
  const reply =
    asObject(ownOf(interactive, asText(interactive['type']) ?? '')) ?? {};
  return {
    text: reply['title'] ?? reply['body'],
    replyId: reply['id'],
    flow: parseFlow(reply['response_json']),
  };
}

/** A filled form: any JSON. What cannot be parsed is kept as it came. */
export function parseFlow(response: unknown): unknown {
  if (response === null) return undefined;
  if (typeof response !== 'string') return response;
  try {
    return JSON.parse(response) as unknown;
  } catch {
    return response;
  }
}

const DAY = 24 * 60 * 60 * 1000;

const TYPES: (keyof NoticeContents)[] = ['system', 'edit', 'revoke'];
const NOTICES: ReadonlySet<string> = new Set(TYPES);

/** Whether WhatsApp tells of a person or a message, without the person writing anew. */
export const isNotice = (type: string): boolean => NOTICES.has(type);

/** When free-form answers to a message or a call end: 24 hours after it. A notice opens no window. */
export function windowEnd(type: string, sentAt?: string): string | undefined {
  if (sentAt === undefined || isNotice(type)) return undefined;
  const end = new Date(Date.parse(sentAt) + DAY).toISOString();
  // From the year 10000 on it begins with +, which no database reads.
  return end.startsWith('+') ? undefined : end;
}
