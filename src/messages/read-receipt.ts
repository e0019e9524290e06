import { check, coerce, readOptionValues } from '../schema/check';
import { readOptions } from '../core/arguments';
import { boolean, id as identifier } from '../schema/rules';
import type { ReadOptions } from '../types';
import { sendOptionSchemas } from './send-options';

/** A read receipt ready to be sent. */
type ReadReceipt = {
  body: Record<string, unknown>;
  options: ReadOptions;
};

const optionNames = ['typing', 'timeout', 'retry', 'dryRun'];

const messageIdSchema = identifier();
const typingSchema = boolean();

/** Marks a message as read; with `typing`, also shows that an answer is being written. */
export function buildReadReceipt(
  messageId: unknown,
  rawOptions?: unknown,
): ReadReceipt {
  const options = readOptionValues(
    readOptions<ReadOptions>(rawOptions, optionNames),
    sendOptionSchemas,
  );
  const { typing = false } = options;
  const id = coerce(messageIdSchema, messageId);
  check(typingSchema, typing, 'typing', { code: 'INVALID_OPTIONS' });
  check(messageIdSchema, id, 'messageId');
  return {
    body: {
      messaging_product: 'whatsapp',
      status: 'read',
      message_id: id,
      ...(typing && { typing_indicator: { type: 'text' } }),
    },
    options,
  };
}
