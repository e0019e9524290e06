import { expect } from 'chai';
import { buildReply } from '../../src/messages/reply';
import { throws } from '../rejects';

const received = {
  id: 'wamid.QQ==',
  from: '15550100123',
  userId: 'US.1349',
  phoneNumberId: '100000000000009',
  windowExpiresAt: '2026-01-06T12:00:00.000Z',
  type: 'text',
};
const INSIDE = Date.parse('2026-01-06T11:59:59.999Z');
const OUTSIDE = Date.parse('2026-01-06T12:00:00.000Z');

describe('buildReply', () => {
  it('quotes the message, and goes out from the number that received it', () => {
    const reply = buildReply({ received, now: INSIDE }, 'Hello', undefined);

    expect(reply.from).to.equal('100000000000009');
    expect(reply.body).to.deep.equal({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '+15550100123',
      context: { message_id: 'wamid.QQ==' },
      type: 'text',
      text: { body: 'Hello' },
    });
  });

  it('goes to the user ID of somebody whose number Meta does not show', () => {
    const { from: _, ...nameless } = received;

    const { body } = buildReply(
      { received: nameless, now: INSIDE },
      'Hello',
      {},
    );

    expect(body).to.include({ recipient: 'US.1349' });
  });

  it('goes to the parent ID of somebody of whom Meta tells nothing else', () => {
    const { from: _, userId: __, ...rest } = received;

    for (const who of [
      { parentUserId: 'US.ENT.1349' },
      { from: 'US.ENT.1349' },
    ]) {
      const person = { ...rest, ...who };
      const { body } = buildReply({ received: person, now: INSIDE }, 'Hi', {});

      expect(body).to.include({ recipient: 'US.ENT.1349' });
      expect(body).to.not.have.property('to');
    }
  });

  it('goes to the group that the message was written in', () => {
    const inGroup = { ...received, groupId: 'R3JvdXA=' };

    const { body } = buildReply(
      { received: inGroup, now: INSIDE },
      'Hello',
      {},
    );

    expect(body).to.include({ to: 'R3JvdXA=', recipient_type: 'group' });
  });

  it('goes to that group also as a template', () => {
    const inGroup = { ...received, groupId: 'R3JvdXA=' };

    const { body } = buildReply({ received: inGroup, now: OUTSIDE }, 'Hello', {
      template: 'follow_up',
    });

    expect(body).to.include({ to: 'R3JvdXA=', recipient_type: 'group' });
  });

  it('sends a message that is a template itself, at any time', () => {
    const template = { name: 'follow_up', language: { code: 'sw' } };

    const { body } = buildReply({ received, now: OUTSIDE }, { template }, {});

    expect(body).to.deep.include({ type: 'template', template });
  });

  it('does not quote with a reaction, which may not', () => {
    const reaction = { message_id: received.id, emoji: '👍' };

    const { body } = buildReply({ received, now: INSIDE }, { reaction }, {});

    expect(body).not.to.have.property('context');
  });

  it('takes the only message of a webhook', () => {
    const events = { messages: [received], statuses: [] };

    const { body } = buildReply({ received: events, now: INSIDE }, 'Hello', {});

    expect(body).to.include({ to: '+15550100123' });
  });

  it('is refused when the 24 hours are over, with the way out', () => {
    const error = throws(
      () => buildReply({ received, now: OUTSIDE }, 'Hello', {}),
      { code: 'WINDOW_CLOSED', sent: 'no' },
    );
    expect(error.fix).to.contain('template');
  });

  it('sends the template when the 24 hours are over, if there is one', () => {
    const template = { name: 'follow_up', language: 'sw', values: ['Amina'] };

    const { body, from } = buildReply({ received, now: OUTSIDE }, 'Hello', {
      template,
      callbackData: 'V-1',
      previewUrl: true,
    });

    expect(from).to.equal('100000000000009');
    expect(body).to.deep.equal({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '+15550100123',
      type: 'template',
      template: {
        name: 'follow_up',
        language: { code: 'sw' },
        components: [
          { type: 'body', parameters: [{ type: 'text', text: 'Amina' }] },
        ],
      },
      biz_opaque_callback_data: 'V-1',
    });
  });

  it('takes the name alone for a template without values', () => {
    const { body } = buildReply({ received, now: OUTSIDE }, 'Hello', {
      template: 'follow_up',
    });

    expect(body).to.have.nested.property('template.name', 'follow_up');
  });

  it('sends when nobody can tell whether the 24 hours are over', () => {
    const { windowExpiresAt: _, ...timeless } = received;

    const { body } = buildReply({ received: timeless, now: OUTSIDE }, 'Hi', {});

    expect(body).to.include({ type: 'text' });
  });

  for (const [name, given] of Object.entries({
    nothing: undefined,
    'a patient': { phone: '+15550100123' },
    'a message without a sender': { id: 'wamid.QQ==' },
    'no message': { messages: [] },
    'two messages': { messages: [received, received] },
  })) {
    it(`is refused for ${name}, with what to write`, () => {
      const error = throws(
        () => buildReply({ received: given, now: INSIDE }, 'Hello', {}),
        { code: 'NOT_A_MESSAGE' },
      );
      expect(error.fix).to.contain('broadcast($.data.messages');
    });
  }
});
