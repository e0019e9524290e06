import { connect } from '../../src/core/client';
import { messageFor, toWireRequest } from '../../src/graph/request';
import { expect } from 'chai';
import { receiptFor } from '../../src/graph/mark-as-read';
import { buildMessage } from '../../src/messages/message';
import { buildReadReceipt } from '../../src/messages/read-receipt';
import { buildTemplate } from '../../src/messages/plain/template/template';
import { throws } from '../rejects';

const turn = connect({ baseUrl: 'https://whatsapp.turn.io', apiToken: 'T' });
const to = '+1 555 0100 123';

describe('a message in the words of the On-Premises API', () => {
  const spoken = (message: unknown, options?: object) =>
    messageFor(turn, buildMessage(to, message, options).body);

  it('names no product, the person by digits, and the preview beside the text', () => {
    expect(spoken('Hello', { previewUrl: true })).to.deep.equal({
      method: 'POST',
      parts: ['messages'],
      body: {
        recipient_type: 'individual',
        to: '15550100123',
        type: 'text',
        text: { body: 'Hello' },
        preview_url: true,
      },
    });
  });

  it('keeps everything else', () => {
    const image = { id: '1', caption: 'C' };
    const options = { replyTo: 'wamid.1', callbackData: 'V-1' };

    expect(spoken({ image }, options).body).to.deep.equal({
      recipient_type: 'individual',
      to: '15550100123',
      context: { message_id: 'wamid.1' },
      type: 'image',
      image,
      biz_opaque_callback_data: 'V-1',
    });
  });

  it('says the policy of the language of a template', () => {
    const { body } = buildTemplate(to, 'visit', ['Amina'], {});

    expect(messageFor(turn, body).body).to.have.deep.nested.property(
      'template.language',
      { policy: 'deterministic', code: 'en_US' },
    );
    expect(messageFor(turn, body).body).to.have.nested.property(
      'template.components[0].type',
      'body',
    );
  });

  it('keeps the ID of a group', () => {
    const { body } = buildMessage('Z3JvdXA=', 'Hi', { recipientType: 'group' });

    expect(messageFor(turn, body).body).to.include({ to: 'Z3JvdXA=' });
  });

  it('changes nothing of what it was given', () => {
    const { body } = buildMessage(to, 'Hello', { previewUrl: true });
    const before = structuredClone(body);

    messageFor(turn, body);

    expect(body).to.deep.equal(before);
  });

  it('cannot go to a user ID', () => {
    const { body } = buildMessage('US.13491208655302741918', 'Hello');

    throws(() => messageFor(turn, body), { code: 'NOT_ON_PREMISES' });
  });
});

describe('a read receipt in the words of the On-Premises API', () => {
  it('is a change of the message', () => {
    expect(receiptFor(turn, buildReadReceipt('wamid.a/b=').body)).to.deep.equal(
      {
        method: 'PUT',
        parts: ['messages', { id: 'wamid.a/b=' }],
        body: { status: 'read' },
      },
    );
  });

  it('cannot show that an answer is being written', () => {
    const { body } = buildReadReceipt('wamid.1', { typing: true });

    throws(() => receiptFor(turn, body), { code: 'NOT_ON_PREMISES' });
  });
});

describe('what the On-Premises API does not have', () => {
  it('is refused where an ID of Meta is needed', () => {
    for (const key of ['phoneNumberId', 'wabaId'] as const) {
      const error = throws(() => turn.id(key), {
        code: 'NOT_ON_PREMISES',
        sent: 'no',
      });
      expect(error.fix).to.contain('phoneNumberId');
    }
  });

  it('is refused where a path of Meta is asked for', () => {
    throws(() => toWireRequest(turn, { method: 'GET', parts: ['123'] }), {
      code: 'NOT_ON_PREMISES',
    });
  });

  it('is asked for all the same when the job wrote the path', () => {
    const call = { method: 'GET', parts: ['contacts', '123'], isRaw: true };

    expect(toWireRequest(turn, call).path).to.equal('/v1/contacts/123');
  });

  it('may be had from another server', () => {
    const base = { origin: 'https://gateway.example', path: '/events' };
    const call = { method: 'GET', parts: [], server: { base } };

    expect(toWireRequest(turn, call).path).to.equal('/events');
  });
});
