import { object, optional } from './rules';
import { messageId, oneOf } from './values';

/** A message marked as read, perhaps with the sign that an answer is being typed. */
export const receipt = object({
  messaging_product: oneOf('whatsapp'),
  status: oneOf('read'),
  message_id: messageId,
  typing_indicator: optional(object({ type: oneOf('text') })),
});
