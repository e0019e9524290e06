import { isObject } from '../core/values';
import type { ApiRequest } from '../graph/api-request';

/** A message that is about to go out, as far as a broadcast reads it. */
export type Message = {
  /** The recipient, as it goes out; a read receipt has none. */
  to?: string;
  /** The recipient, however the number is written. */
  person?: string;
  /** Name and language of its template. */
  template?: string;
  body: Record<string, unknown>;
};

/** Where messages go; the second is Meta's way for marketing alone, and takes no callback data. */
const SENDING: unknown[] = ['messages', 'marketing_messages'];

/** The message in a call, if it carries one. */
export function readMessage(call: ApiRequest): Message | undefined {
  if (call.method !== 'POST' || call.server !== undefined) return undefined;
  if (!SENDING.includes(call.parts.at(-1))) return undefined;
  return messageIn(readBody(call.body));
}

/** A message, read from its body. */
export function messageIn(body: Record<string, unknown>): Message {
  const to = body['to'] ?? body['recipient'];
  const template = templateOf(body['template']);
  const message: Message = { body };
  if (typeof to === 'string' || typeof to === 'number') {
    message.to = String(to);
    message.person = personOf(message.to);
  }
  if (template !== undefined) message.template = template;
  return message;
}

/** The body of a call with the key as its callback data, unless it has its own, or goes to an API without. */
export function withCallbackData(
  call: ApiRequest,
  { body, to }: Message,
  key: string | undefined,
): unknown {
  const hasRoom =
    key !== undefined &&
    to !== undefined &&
    call.body === body &&
    call.parts.length > 1 &&
    call.parts.at(-1) === SENDING[0] &&
    body['biz_opaque_callback_data'] === undefined;
  if (!hasRoom) return call.body;
  return Object.assign({}, body, { biz_opaque_callback_data: key });
}

export function callbackDataOf({ body }: Message): string | undefined {
  const data = body['biz_opaque_callback_data'];
  return typeof data === 'string' ? data : undefined;
}

/** The ID in Meta's answer to a message. */
export function messageIdIn(answer: unknown): string | undefined {
  const list = readBody(answer)['messages'];
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  const id = isObject(first) ? first['id'] : undefined;
  return typeof id === 'string' ? id : undefined;
}

/** A body as an object: a raw request may bring it, and ask for it, as text. */
function readBody(body: unknown): Record<string, unknown> {
  if (isObject(body)) return body;
  try {
    const parsed: unknown = JSON.parse(String(body));
    return isObject(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

/** Digits of a number; IDs of users and groups have letters, and are kept. */
const personOf = (to: string) =>
  /[^\d\s()+.-]/.test(to) ? to : to.replace(/\D/g, '');

function templateOf(template: unknown): string | undefined {
  if (!isObject(template)) return undefined;
  const { name, language } = template;
  const code = isObject(language) ? language['code'] : undefined;
  return JSON.stringify([name, code]);
}
