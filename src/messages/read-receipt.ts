import type { ReadOptions } from '../types';
import { check } from './check';
import { readOptions } from '../core/options';
import { checkSendOptions } from './options';
import { text, yesOrNo } from './rules';

/** A read receipt ready to be sent. */
export type ReadReceipt = {
  body: Record<string, unknown>;
  options: ReadOptions;
};

const optionNames = ['typing', 'timeout', 'retry', 'dryRun'];

const id = text();
const flag = yesOrNo();

/** Marks a message as read; with `typing`, also shows that an answer is being written. */
export function buildReadReceipt(
  messageId: unknown,
  given?: unknown,
): ReadReceipt {
  const options = readOptions<ReadOptions>(given, optionNames);
  const { typing = false, ...sending } = options;
  checkSendOptions(sending);
  check(flag, typing, 'typing', { code: 'INVALID_OPTIONS' });
  check(id, messageId, 'messageId');
  return {
    body: {
      messaging_product: 'whatsapp',
      status: 'read',
      message_id: messageId,
      ...(typing && { typing_indicator: { type: 'text' } }),
    },
    options,
  };
}
