import { readOptions } from '../core/options';
import { check, coerce } from '../schema/check';
import { boolean, id as identifier } from '../schema/rules';
import type { ReadOptions } from '../types';
import { readSendOptions } from './envelope';

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
  given?: unknown,
): ReadReceipt {
  const options = readSendOptions(readOptions<ReadOptions>(given, optionNames));
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
