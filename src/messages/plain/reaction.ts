import { refuse } from '../../core/errors';
import { readOptions } from '../../core/options';
import { nameOf } from '../../core/values';
import type { SendOptions } from '../../types';
import { buildPlainMessage, sendOptions } from '../envelope';
import type { OutgoingMessage } from '../envelope';

const NAMES = { message_id: 'messageId', emoji: 'emoji' };

/** A reaction to a message; an empty emoji takes it back. */
export function buildReaction(
  to: unknown,
  messageId: unknown,
  emoji: unknown,
  given?: unknown,
): OutgoingMessage {
  const options = readOptions<SendOptions>(given, sendOptions);
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
