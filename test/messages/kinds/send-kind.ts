import { buildMessage } from '../../../src/messages/message';
import type { WhatsAppError } from '../../../src/core/errors';
import { throws } from '../../rejects';

export const to = '+254700000001';

/** The error over a message whose content is refused. */
export const refused = (message: object): WhatsAppError =>
  throws(() => buildMessage(to, message), { code: 'INVALID_MESSAGE' });
