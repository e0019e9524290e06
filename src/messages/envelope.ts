import * as v from 'valibot';
import { refuse } from '../core/errors';
import { ownOf } from '../core/values';
import { readRecipient } from '../recipients/recipient';
import { check, coerce } from '../schema/check';
import type { Names } from '../schema/check';
import { numberAtLeast, wholeNumber } from '../schema/numbers';
import {
  boolean,
  id,
  object,
  oneOf,
  optional,
  text,
  withRules,
} from '../schema/rules';
import type { Rule } from '../schema/rules';
import type { SendOptions } from '../types';
import { catalog } from './catalog';
import type { Kind } from './kinds/kind';
import { LIMITS } from './kinds/limits';

/** A message ready to be sent: its body for Meta, and how to send it. */
export type OutgoingMessage<Options extends SendOptions = SendOptions> = {
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
export function buildEnvelope<Options extends SendOptions>(
  to: unknown,
  type: string,
  content: unknown,
  given: Options,
  further: Record<string, unknown> = {},
): OutgoingMessage<Options> {
  const options = readSendOptions(given);
  const extra = coerce(extraFields, further) as Record<string, unknown>;
  refuseDuplicates(options, extra);
  const recipientType = readRecipientType(options, extra);
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

function refuseDuplicates(
  options: SendOptions,
  extra: Record<string, unknown>,
) {
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

function readRecipientType(
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
  given: unknown,
  options: Options,
  names: Names,
): OutgoingMessage<Options> {
  const { schema } = catalog[type];
  const content = coerce(schema, given);
  check(schema, content, type, { names });
  return buildEnvelope(to, type, content, options);
}

/** Options of every send. */
export const sendOptions = [
  'replyTo',
  'callbackData',
  'recipientType',
  'defaultCountry',
  'timeout',
  'retry',
  'dryRun',
  'allowMissing',
] as const satisfies (keyof SendOptions)[];

// Read before an operation begins, in core/operation.ts.
type ReadEarlier = 'connectTimeout' | 'phoneNumberId';

const retryFields = {
  attempts: optional(wholeNumber(1)),
  delay: optional(numberAtLeast(0)),
  backoff: optional(oneOf('exponential', 'fixed')),
  on: optional(oneOf('refused', 'transient', 'all')),
};

const knownFields: Rule = {
  says: Object.keys(retryFields).join(', '),
  holds: (retry: object) =>
    Object.keys(retry).every(name => Object.hasOwn(retryFields, name)),
  wrong: 'has a field that is none of its own',
  fix: `Its fields are ${Object.keys(retryFields).join(', ')}.`,
};

const twoLetters: Rule = {
  says: 'two letters of a country',
  holds: (country: string) => /^[a-z]{2}$/i.test(country),
  wrong: 'is not two letters',
  fix: "Write the country as in 'KE' for Kenya.",
};

const retrySchema = withRules(object(retryFields), knownFields);
const noRetry = v.literal(false);

const optionSchemas: {
  [Name in Exclude<keyof SendOptions, ReadEarlier>]-?: v.GenericSchema;
} = {
  replyTo: id(),
  callbackData: id(LIMITS.callbackData),
  recipientType: oneOf('individual', 'group'),
  defaultCountry: withRules(text(), twoLetters),
  timeout: numberAtLeast(1),
  retry: v.lazy(given => (given === false ? noRetry : retrySchema)),
  dryRun: boolean(),
  allowMissing: boolean(),
};

/** The options of a send, with IDs as text; a value that one cannot have is refused. */
export function readSendOptions<Options extends SendOptions>(
  options: Options,
): Options {
  let read = options;
  for (const name of sendOptions) {
    const given = options[name];
    if (given === undefined) continue;
    const value = coerce(optionSchemas[name], given);
    check(optionSchemas[name], value, name, { code: 'INVALID_OPTIONS' });
    if (value !== given) read = { ...read, [name]: value };
  }
  return read;
}
