import type { SendOptions } from '../types';
import { refuse } from '../core/errors';
import { kindNamed } from './catalog';
import { check, coerce } from '../schema/check';
import { readSendOptions } from './options';
import { readRecipient } from './recipient';
import { id, object, oneOf } from '../schema/rules';

/** A message ready to be sent: its body for Meta, and how to send it. */
export type Outgoing<Options extends SendOptions = SendOptions> = {
  to: string;
  body: Record<string, unknown>;
  options: Options;
};

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

const recipientTypes = oneOf('individual', 'group');

/**
 * The body of a message. `content` is what stands under the message's `type`;
 * `extra` holds further fields of Meta's own object.
 */
export function envelope<Options extends SendOptions>(
  to: unknown,
  type: string,
  content: unknown,
  given: Options,
  further: Record<string, unknown> = {},
): Outgoing<Options> {
  const options = readSendOptions(given);
  const extra = coerce(extraFields, further) as Record<string, unknown>;
  checkSaidOnce(options, extra);
  const recipientType = recipientTypeOf(options, extra);
  const recipient = readRecipient(to, { ...options, recipientType });
  checkKind(type, recipientType, options.replyTo ?? extra['context']);
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
      ...extra,
    },
    options,
  };
}

function checkSaidOnce(options: SendOptions, extra: Record<string, unknown>) {
  for (const [option, field] of FIELD_NAMES) {
    if (options[option] === undefined) continue;
    if (extra[field] === undefined) continue;
    refuse(
      'INVALID_OPTIONS',
      `The message has a ${field}, and the option ${option} is given too.`,
      'Keep one of the two.',
    );
  }
}

function recipientTypeOf(
  options: SendOptions,
  extra: Record<string, unknown>,
): 'individual' | 'group' {
  if (options.recipientType !== undefined) return options.recipientType;
  const given = extra['recipient_type'];
  if (given === undefined) return 'individual';
  check(recipientTypes, given, 'recipient_type');
  return given;
}

function checkKind(type: string, recipientType: string, quoted: unknown) {
  const kind = kindNamed(type);
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
