import { expect } from 'chai';
import { buildMessage } from '../../src/messages/message';
import { throws } from '../rejects';

const to = '+254700000001';

describe('the envelope of a message', () => {
  it('carries what the options say, in Meta’s words', () => {
    const options = { replyTo: 'wamid.1', callbackData: 'visit 7' };

    expect(JSON.stringify(buildMessage(to, 'Hello', options).body)).to.equal(
      JSON.stringify({
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to,
        context: { message_id: 'wamid.1' },
        type: 'text',
        text: { body: 'Hello' },
        biz_opaque_callback_data: 'visit 7',
      }),
    );
  });

  it('sends to a business-scoped user ID as recipient', () => {
    const { to, body } = buildMessage('US.13491208655302741918', 'Hello');

    expect(to).to.equal('US.13491208655302741918');
    expect(body).to.include({ recipient: to }).and.not.have.property('to');
  });

  it('sends to a group by its ID, however the group is named', () => {
    const body = {
      messaging_product: 'whatsapp',
      recipient_type: 'group',
      to: 'Z3JvdXA=',
      type: 'text',
      text: { body: 'Hello' },
    };

    expect(
      buildMessage('Z3JvdXA=', 'Hello', { recipientType: 'group' }).body,
    ).to.deep.equal(body);
    expect(
      buildMessage('Z3JvdXA=', {
        recipient_type: 'group',
        text: { body: 'Hello' },
      }).body,
    ).to.deep.equal(body);
  });

  it('refuses a type of recipient that does not exist', () => {
    throws(
      () =>
        buildMessage(to, { recipient_type: 'all', text: { body: 'Hello' } }),
      { code: 'INVALID_MESSAGE' },
    );
    throws(() => buildMessage(to, 'Hello', { recipientType: 'all' }), {
      code: 'INVALID_OPTIONS',
    });
  });

  it('refuses to be told the same twice, even if both agree', () => {
    for (const [options, field] of [
      [{ replyTo: 'wamid.1' }, { context: { message_id: 'wamid.1' } }],
      [{ callbackData: 'a' }, { biz_opaque_callback_data: 'a' }],
      [{ recipientType: 'group' }, { recipient_type: 'group' }],
    ] as const) {
      const message = { text: { body: 'Hello' }, ...field };

      throws(() => buildMessage(to, message, options), {
        code: 'INVALID_OPTIONS',
        fix: 'Keep one of the two.',
      });
    }
  });

  it('does not let an undefined field take the place of an option', () => {
    const message = {
      text: { body: 'Hello' },
      context: undefined,
      biz_opaque_callback_data: undefined,
      recipient_type: undefined,
    };
    const options = { replyTo: 'wamid.1', callbackData: 'a' };

    expect(buildMessage(to, message, options).body).to.deep.include({
      recipient_type: 'individual',
      context: { message_id: 'wamid.1' },
      biz_opaque_callback_data: 'a',
    });
  });

  it('hands on how to send it', () => {
    const options = { timeout: 1000, retry: false, dryRun: true } as const;

    expect(buildMessage(to, 'Hello', options).options).to.deep.equal(options);
  });
});
