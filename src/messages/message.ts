import { refuse } from '../core/errors';
import { readOptions } from '../core/options';
import { isObject, nameOf, ownOf, setOwn, withoutNulls } from '../core/values';
import { check, coerce } from '../schema/check';
import type { Names } from '../schema/check';
import { boolean } from '../schema/rules';
import type { MessageOptions } from '../types';
import { catalog } from './catalog';
import { buildEnvelope, sendOptions } from './envelope';
import type { OutgoingMessage } from './envelope';
import { interactiveCatalog } from './kinds/interactive';
import type { Kind } from './kinds/kind';

type Content = Record<string, unknown>;

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
  given?: unknown,
): OutgoingMessage {
  const options = readOptions<MessageOptions>(given, messageOptions);
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
  const found = kindNames.filter(name => message[name] !== undefined);
  if (found.length > 1) {
    return refuse(
      'INVALID_MESSAGE',
      `The message is of two kinds: ${found.join(' and ')}.`,
      'Send them as two messages.',
    );
  }
  const type = message['type'] ?? found[0];
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
  const extra: Content = {};
  for (const name of Object.keys(message)) {
    // What is undefined must not take the place of what an option says.
    if (envelopes.includes(name) || message[name] === undefined) continue;
    setOwn(extra, name, message[name]);
  }
  return extra;
}
