import { object, optional } from './rules';
import { integer, messageId, oneOf } from './values';

export const pin = object({
  type: oneOf('pin', 'unpin'),
  message_id: messageId,
  expiration_days: optional(integer(1)),
});
