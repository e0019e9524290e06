import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import type { MessageStatus } from '../../src/types';
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
    expect(webhook).to.have.keys(
      'verify',
      'challenge',
      'parse',
      'eventKey',
      'collapse',
    );
  });

  it('knows an event again in another webhook, by what parse compares', () => {
    const [first] = webhook.parse(payload('message-button-reply')).messages;
    const [again] = webhook.parse(payload('message-button-reply')).messages;
    if (!first || !again) return expect.fail('no message');
    const later = { ...again, timestamp: '2030-01-01T00:00:00.000Z' };
    const other = { ...again, id: 'wamid.other' };

    const key = webhook.eventKey('messages', first);

    expect(webhook.eventKey('messages', later)).to.equal(key);
    expect(webhook.eventKey('messages', other)).to.not.equal(key);
    expect(webhook.eventKey('notices', first as never)).to.not.equal(key);
  });

  it('keeps the furthest status of each message', () => {
    const status = (id: string, name: string) =>
      ({ id, status: name, raw: {} }) as MessageStatus;

    const left = webhook.collapse([
      status('1', 'read'),
      status('2', 'sent'),
      status('1', 'delivered'),
    ]);

    expect(left.map(({ id, status }) => [id, status])).to.deep.equal([
      ['1', 'read'],
      ['2', 'sent'],
    ]);
  });
});
