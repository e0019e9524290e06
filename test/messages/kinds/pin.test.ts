import { expect } from 'chai';
import { buildMessage } from '../../../src/messages/message';
import { throws } from '../../rejects';
import { to } from './send-kind';

describe('a pin', () => {
  const pin = { pin: { type: 'pin', message_id: 'wamid.1' } };

  it('goes to groups only', () => {
    buildMessage('Z3JvdXA=', pin, { recipientType: 'group' });
    buildMessage('Z3JvdXA=', { ...pin, recipient_type: 'group' });

    expect(
      throws(() => buildMessage(to, pin), { code: 'INVALID_OPTIONS' }).fix,
    ).to.contain("recipientType: 'group'");
  });
});
