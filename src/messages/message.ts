import { check, coerce, readOptionValues } from '../schema/check';
import type { Names } from '../schema/describe-issue';
import { refuse } from '../core/errors';
import { isObject, nameOf, ownOf, setOwn, withoutNulls } from '../core/values';
import { readRecipient } from '../recipients/recipient';
import { readOptions } from '../core/arguments';
import { boolean, id, object } from '../schema/rules';
import type { MessageOptions, SendOptions } from '../types';
import { catalog, interactiveCatalog } from './catalog';
import type { Kind } from './kinds/kind';
import { sendOptions, sendOptionSchemas } from './send-options';

type Content = Record<string, unknown>;

/** A message ready to be sent: its body for Meta, and how to send it. */
export type OutgoingMessage<Options extends SendOptions = SendOptions> = {
  to: string;
  body: Record<string, unknown>;
  options: Options;
};

/** The options of `sendMessage`. */
export const messageOptions = [...sendOptions, 'previewUrl'];
const kindNames = Object.keys(catalog);
const previewSchema = boolean();

// A text is its own message to the job writer, who never wrote a `body`.
const TEXT_NAMES: Names = { body: 'message' };

/** A message from text, or from Meta's own object, which goes out as written. */
export function buildMessage(
  to: unknown,
  message: unknown,
  rawOptions?: unknown,
): OutgoingMessage {
  const options = readOptions<MessageOptions>(rawOptions, messageOptions);
  const object = toMessageObject(message);
  const type = readKind(object);
  const kind = ownOf<Kind>(catalog, type);
  const content = addPreview(
    kind ? coerce(kind.schema, object[type]) : object[type],
    type,
    options.previewUrl,
  );
  const names = isObject(message) ? {} : TEXT_NAMES;
  if (kind) check(kind.schema, content, `message.${type}`, { names });
  checkRecipient(object, to);
  return buildEnvelope(
    to,
    type,
    content,
    options,
    readExtraFields(object, type),
  );
}

function toMessageObject(message: unknown): Content {
  if (typeof message === 'string') return { text: { body: message } };
  if (isObject(message)) return withoutNulls(message);
  return refuse(
    'INVALID_MESSAGE',
    `The message is ${nameOf(message)}.`,
    "Give a text, or Meta's message object, such as { image: { link: 'https://…' } }.",
  );
}

/** The kind of a message: its `type`, or else the one kind of message that it holds. */
function readKind(message: Content): string {
  const kinds = kindNames.filter(name => message[name] !== undefined);
  if (kinds.length > 1) {
    return refuse(
      'INVALID_MESSAGE',
      `The message is of two kinds: ${kinds.join(' and ')}.`,
      'Send them as two messages.',
    );
  }
  const type = message['type'] ?? kinds[0];
  if (typeof type !== 'string') {
    return refuse(
      'INVALID_MESSAGE',
      'The message has no kind that WhatsApp knows.',
      `Put its content under one of ${kindNames.join(', ')}.`,
    );
  }
  if (!Object.hasOwn(message, type) || message[type] === undefined) {
    return refuse(
      'INVALID_MESSAGE',
      'The type of the message names a content that it does not hold.',
      Object.hasOwn(interactiveCatalog, type)
        ? "That type is one of interactive messages: write { interactive: { type: '…', … } }."
        : `Put the content under the same name as the type; kinds are ${kindNames.join(', ')}.`,
    );
  }
  return type;
}

/** The content with what the option previewUrl says of it. */
function addPreview(content: unknown, type: string, previewUrl: unknown) {
  if (previewUrl === undefined) return content;
  check(previewSchema, previewUrl, 'previewUrl', { code: 'INVALID_OPTIONS' });
  if (type === 'text') {
    return isObject(content)
      ? { ...content, preview_url: previewUrl }
      : content;
  }
  return refuse(
    'INVALID_OPTIONS',
    'The option previewUrl goes with a text only.',
    'Leave previewUrl out.',
  );
}

function checkRecipient(message: Content, to: unknown): void {
  const named = message['to'] ?? message['recipient'];
  if (named === undefined || asWritten(named) === asWritten(to)) return;
  refuse(
    'INVALID_RECIPIENT',
    'The message names another recipient than the first argument.',
    'Leave `to` and `recipient` out of the message.',
  );
}

const asWritten = (to: unknown) => (typeof to === 'number' ? String(to) : to);

/** Fields of Meta's own object beside its kind; those of the envelope are set by us. */
function readExtraFields(message: Content, type: string): Content {
  const envelopes = ['to', 'recipient', 'type', type];
  const extraValues: Content = {};
  for (const name of Object.keys(message)) {
    // What is undefined must not take the place of what an option says.
    if (envelopes.includes(name) || message[name] === undefined) continue;
    setOwn(extraValues, name, message[name]);
  }
  return extraValues;
}

/** Options of ours that stand for a field of Meta's. */
const FIELDS = {
  replyTo: 'context',
  callbackData: 'biz_opaque_callback_data',
  recipientType: 'recipient_type',
} as const satisfies Partial<Record<keyof SendOptions, string>>;
const FIELD_NAMES = Object.entries(FIELDS) as [keyof typeof FIELDS, string][];

/** Fields beside the content that are IDs. */
const extraFields = object({
  context: object({ message_id: id() }),
  biz_opaque_callback_data: id(),
  recipient_identity_key_hash: id(),
});

/**
 * The body of a message. `content` is what stands under the message's `type`;
 * `extra` holds further fields of Meta's own object.
 */
export function buildEnvelope<Options extends SendOptions>(
  to: unknown,
  type: string,
  content: unknown,
  optionValues: Options,
  messageFields: Record<string, unknown> = {},
): OutgoingMessage<Options> {
  const options = readOptionValues(optionValues, sendOptionSchemas);
  const extraValues = coerce(extraFields, messageFields) as Record<
    string,
    unknown
  >;
  refuseDuplicates(options, extraValues);
  const recipientType = readRecipientType(options, extraValues);
  const recipient = readRecipient(to, { ...options, recipientType });
  checkKind(type, recipientType, options.replyTo ?? extraValues['context']);
  return {
    to: String(to).trim(),
    body: {
      messaging_product: 'whatsapp',
      recipient_type: recipientType,
      ...recipient,
      ...(options.replyTo && { context: { message_id: options.replyTo } }),
      type,
      [type]: content,
      ...(options.callbackData && {
        biz_opaque_callback_data: options.callbackData,
      }),
      ...extraValues,
    },
    options,
  };
}

function refuseDuplicates(
  options: SendOptions,
  extraValues: Record<string, unknown>,
) {
  for (const [option, field] of FIELD_NAMES) {
    if (options[option] === undefined) continue;
    if (extraValues[field] === undefined) continue;
    refuse(
      'INVALID_OPTIONS',
      `The message has a ${field}, and the option ${option} is given too.`,
      'Keep one of the two.',
    );
  }
}

function readRecipientType(
  options: SendOptions,
  extraValues: Record<string, unknown>,
): 'individual' | 'group' {
  if (options.recipientType !== undefined) return options.recipientType;
  const recipientType = extraValues['recipient_type'];
  if (recipientType === undefined) return 'individual';
  check(sendOptionSchemas.recipientType, recipientType, 'recipient_type');
  return recipientType as 'individual' | 'group';
}

function checkKind(type: string, recipientType: string, quoted: unknown) {
  const kind = ownOf<Kind>(catalog, type);
  if (kind?.canQuote === false && quoted !== undefined) {
    refuse(
      'INVALID_OPTIONS',
      `A ${type} cannot quote a message.`,
      'Leave out replyTo, or the context of the message.',
    );
  }
  if (kind?.isForGroups && recipientType !== 'group') {
    refuse(
      'INVALID_OPTIONS',
      `A ${type} can be sent to a group only.`,
      "Give the ID of the group, and the option recipientType: 'group'.",
    );
  }
}

/**
 * A message of plain arguments: its content is checked by the catalog, and
 * what is wrong is told in the words of these arguments.
 */
export function buildPlainMessage<Options extends SendOptions>(
  to: unknown,
  type: keyof typeof catalog,
  value: unknown,
  options: Options,
  names: Names,
): OutgoingMessage<Options> {
  const { schema } = catalog[type];
  const content = coerce(schema, value);
  check(schema, content, type, { names });
  return buildEnvelope(to, type, content, options);
}
