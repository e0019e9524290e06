import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import * as webhook from '../../src/webhook';
import { payload } from './fixtures';

describe('webhook', () => {
  it('answers the handshake, checks the signature and tells the events', () => {
    const body = JSON.stringify(payload('message-button-reply'));
    const hex = createHmac('sha256', 'S').update(body).digest('hex');

    const answer = webhook.challenge(
      {
        'hub.mode': 'subscribe',
        'hub.challenge': '42',
        'hub.verify_token': 'T',
      },
      'T',
    );
    const isSigned = webhook.verify(Buffer.from(body), `sha256=${hex}`, 'S');
    const { messages } = webhook.parse(body, { collapse: true });

    expect(answer).to.equal('42');
    expect(isSigned).to.equal(true);
    expect(messages[0]).to.include({ text: 'Yes', replyId: 'yes' });
  });

  it('offers nothing else', () => {
    expect(webhook).to.have.keys('verify', 'challenge', 'parse');
  });
});
