import { refuse } from '../core/errors';
import { isObject } from '../core/values';
import { isUserId } from '../recipients/recipient';
import type { ReplyOptions } from '../types';
import type { OutgoingMessage } from './message';
import { buildMessage, messageOptions } from './message';
import { buildTemplate } from './plain/template/template';
import { readReceived } from './received';
import type { Received } from './received';
import { readOptions } from '../core/arguments';

/** An answer, and the number that it goes out from. */
type Reply = OutgoingMessage & { from?: string };

/** What is answered, and when, in milliseconds. */
type ReplyContext = { received: unknown; now: number };

/**
 * The answer to a received message, from the number that received it. Outside
 * the 24 hours the template is the way out.
 */
export function buildReply(
  { received, now }: ReplyContext,
  message: unknown,
  rawOptions: unknown,
): Reply {
  const { template, ...options } = readOptions<ReplyOptions>(rawOptions, [
    ...messageOptions,
    'template',
  ]);
  const inbound = readReceived(received);
  const from = inbound.phoneNumberId;
  const outgoing = canArrive(message, inbound, now)
    ? buildQuote(inbound, message, options)
    : buildTemplateReply(inbound, template, options);
  return { ...outgoing, ...(typeof from === 'string' && { from }) };
}

function buildQuote(
  inbound: Received,
  message: unknown,
  options: ReplyOptions,
): OutgoingMessage {
  // A reaction names its message itself, and may not quote.
  const isReaction = isObject(message) && message['reaction'] !== undefined;
  return buildMessage(readSender(inbound), message, {
    ...(!isReaction && { replyTo: inbound.id }),
    ...groupOf(inbound),
    ...options,
  });
}

/** To compare a template takes a request; an answer is built without any. */
function refuseCheck(options: object): void {
  if (!('check' in options)) return;
  refuse(
    'INVALID_OPTIONS',
    'The template of an answer cannot be checked.',
    'Leave check out, or use sendTemplate.',
  );
}

function buildTemplateReply(
  inbound: Received,
  template: ReplyOptions['template'],
  { previewUrl: _, replyTo: __, ...options }: ReplyOptions,
): OutgoingMessage {
  if (template === undefined) {
    return refuse(
      'WINDOW_CLOSED',
      'The message is older than 24 hours, so a free answer would not arrive.',
      "Send an approved template: give the option template: { name: 'follow_up', language: 'en_US', values: [] }, or use sendTemplate.",
    );
  }
  const { values, name, language, ...rest } = isObject(template)
    ? template
    : { name: template };
  refuseCheck(rest);
  return buildTemplate(readSender(inbound), { name, language }, values, {
    ...groupOf(inbound),
    ...options,
    ...rest,
  });
}

/** WhatsApp gives numbers without +, but might put a country code before such a one. */
function readSender(inbound: Received): unknown {
  const { from, userId, parentUserId, groupId } = inbound;
  if (groupId !== undefined) return groupId;
  if (typeof from !== 'string') return userId ?? parentUserId;
  return isUserId(from) ? from : `+${from.replace(/^\+/, '')}`;
}

/** What was said in a group is answered there. */
const groupOf = ({ groupId }: Received) =>
  groupId !== undefined && { recipientType: 'group' };

/** A template arrives at any time. */
const canArrive = (message: unknown, inbound: Received, now: number) =>
  (isObject(message) && message['template'] !== undefined) ||
  isWindowOpen(inbound, now);

/** Whether a free answer still arrives; so it is when nobody can tell. */
function isWindowOpen({ windowExpiresAt }: Received, now: number): boolean {
  const end = Date.parse(String(windowExpiresAt ?? ''));
  return Number.isNaN(end) || now < end;
}
