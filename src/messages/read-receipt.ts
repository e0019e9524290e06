import type { ReadOptions } from '../types';
import { check, coerce } from '../schema/check';
import { readOptions } from '../core/options';
import { readSendOptions } from './options';
import { id as identifier, boolean } from '../schema/rules';

/** A read receipt ready to be sent. */
export type ReadReceipt = {
  body: Record<string, unknown>;
  options: ReadOptions;
};

const optionNames = ['typing', 'timeout', 'retry', 'dryRun'];

const messageIdSchema = identifier();
const flag = boolean();

/** Marks a message as read; with `typing`, also shows that an answer is being written. */
export function buildReadReceipt(
  messageId: unknown,
  given?: unknown,
): ReadReceipt {
  const options = readSendOptions(readOptions<ReadOptions>(given, optionNames));
  const { typing = false } = options;
  const id = coerce(messageIdSchema, messageId);
  check(flag, typing, 'typing', { code: 'INVALID_OPTIONS' });
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
