import { expect } from 'chai';
import { buildReadReceipt } from '../../src/messages/read-receipt';
import { throws } from '../rejects';

describe('buildReadReceipt', () => {
  const body = {
    messaging_product: 'whatsapp',
    status: 'read',
    message_id: 'wamid.1',
  };

  it('marks a message as read', () => {
    for (const options of [undefined, {}, { typing: false }]) {
      expect(
        JSON.stringify(buildReadReceipt('wamid.1', options).body),
      ).to.equal(JSON.stringify(body));
    }
  });

  it('shows that an answer is being written', () => {
    expect(buildReadReceipt('wamid.1', { typing: true }).body).to.deep.equal({
      ...body,
      typing_indicator: { type: 'text' },
    });
  });

  it('hands on how to send it', () => {
    const options = { timeout: 1000, retry: { attempts: 2 }, dryRun: true };

    expect(buildReadReceipt('wamid.1', options).options).to.deep.equal(options);
  });

  it('refuses to mark nothing', () => {
    for (const [messageId, description] of [
      [undefined, 'messageId is missing.'],
      ['', 'messageId is empty.'],
      [0.5, 'messageId is a number; it must be text.'],
    ] as const) {
      throws(() => buildReadReceipt(messageId), {
        code: 'INVALID_MESSAGE',
        description,
      });
    }
  });

  it('refuses options that it has not, and values that they cannot have', () => {
    for (const options of [
      { replyTo: 'wamid.2' },
      { typing: 'yes' },
      { timeout: -1 },
      { retry: 5 },
    ]) {
      throws(() => buildReadReceipt('wamid.1', options), {
        code: 'INVALID_OPTIONS',
      });
    }
  });
});
