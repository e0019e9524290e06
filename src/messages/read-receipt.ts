import type { ReadOptions } from '../types';
import { check } from './check';
import { conform } from './conform';
import { readOptions } from '../core/options';
import { readSendOptions } from './options';
import { id as identifier, yesOrNo } from './rules';

/** A read receipt ready to be sent. */
export type ReadReceipt = {
  body: Record<string, unknown>;
  options: ReadOptions;
};

const optionNames = ['typing', 'timeout', 'retry', 'dryRun'];

const messageIdSchema = identifier();
const flag = yesOrNo();

/** Marks a message as read; with `typing`, also shows that an answer is being written. */
export function buildReadReceipt(
  messageId: unknown,
  given?: unknown,
): ReadReceipt {
  const options = readSendOptions(readOptions<ReadOptions>(given, optionNames));
  const { typing = false } = options;
  const id = conform(messageIdSchema, messageId);
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
