import { refuse } from '../../core/errors';
import { nameOf } from '../../core/values';
import type { SendOptions } from '../../types';
import { buildPlainMessage } from '../message';
import { sendOptions } from '../send-options';
import type { OutgoingMessage } from '../message';
import { readOptions } from '../../core/arguments';

const NAMES = { message_id: 'messageId', emoji: 'emoji' };

/** A reaction to a message; an empty emoji takes it back. */
export function buildReaction(
  to: unknown,
  messageId: unknown,
  emoji: unknown,
  rawOptions?: unknown,
): OutgoingMessage {
  const options = readOptions<SendOptions>(rawOptions, sendOptions);
  if (emoji === undefined || emoji === null) {
    return refuse(
      'INVALID_MESSAGE',
      `emoji is ${nameOf(emoji)}.`,
      "Give an emoji such as '👍', or '' to take the reaction back.",
    );
  }
  const content = { message_id: messageId, emoji };
  return buildPlainMessage(to, 'reaction', content, options, NAMES);
}
