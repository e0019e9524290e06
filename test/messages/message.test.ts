import { expect } from 'chai';
import { buildMessage } from '../../src/messages/message';
import { throws } from '../rejects';

const to = '+254700000001';

describe('buildMessage', () => {
  it('makes a text of a string', () => {
    expect(JSON.stringify(buildMessage(to, 'Hello'))).to.equal(
      JSON.stringify({
        to,
        body: {
          messaging_product: 'whatsapp',
          recipient_type: 'individual',
          to,
          type: 'text',
          text: { body: 'Hello' },
        },
        options: {},
      }),
    );
  });

  it('finds the kind of a message without a type', () => {
    expect(buildMessage(to, { image: { id: '1' } }).body).to.include({
      type: 'image',
    });
  });

  it('names the fields of an object that something else was given for', () => {
    throws(() => buildMessage(to, { text: 'Hello' }), {
      description: 'message.text is text; it must be an object.',
      fix: 'Write it as { body, preview_url }.',
    });
  });

  it('sends a kind that we do not know as it is written', () => {
    const message = { type: 'poll', poll: { options: ['A'] } };

    expect(buildMessage(to, message).body).to.deep.include(message);
  });

  it('keeps what Meta’s object holds beside its content', () => {
    const { body } = buildMessage(to, {
      messaging_product: 'whatsapp',
      to,
      type: 'text',
      text: { body: 'Hello' },
      context: { message_id: 'wamid.1' },
      category: 'utility',
    });

    expect(body).to.deep.equal({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to,
      type: 'text',
      text: { body: 'Hello' },
      context: { message_id: 'wamid.1' },
      category: 'utility',
    });
  });

  it('shows a preview when the option asks for it, also in Meta’s object', () => {
    const options = { previewUrl: true };
    const text = { body: 'Hello', preview_url: true };

    expect(buildMessage(to, 'Hello', options).body['text']).to.deep.equal(text);
    expect(
      buildMessage(to, { text: { body: 'Hello' } }, options).body['text'],
    ).to.deep.equal(text);
  });

  it('refuses a preview of anything but a text', () => {
    const refused = { code: 'INVALID_OPTIONS' };

    throws(
      () => buildMessage(to, { image: { id: '1' } }, { previewUrl: false }),
      refused,
    );
    throws(() => buildMessage(to, 'Hello', { previewUrl: 'yes' }), refused);
  });

  it('calls a text the message, as the job does', () => {
    expect(throws(() => buildMessage(to, ' ')).description).to.equal(
      'message is empty.',
    );
    expect(
      throws(() => buildMessage(to, 'x'.repeat(4097))).description,
    ).to.equal('message has 4097 characters; at most 4096 are allowed.');
  });

  it('says what is missing, and where', () => {
    const error = throws(() => buildMessage(to, { text: {} }), {
      code: 'INVALID_MESSAGE',
      description: 'message.text.body is missing.',
    });

    expect(error.fix).to.match(/^Add message\.text\.body, or check/);
  });

  it('refuses what is no message', () => {
    for (const [message, description] of [
      [undefined, 'The message is missing.'],
      [null, 'The message is null.'],
      [5, 'The message is a number.'],
      [['Hello'], 'The message is a list.'],
      [Buffer.from('Hello'), 'The message is a Buffer.'],
      [{}, 'The message has no kind that WhatsApp knows.'],
      [{ type: 5 }, 'The message has no kind that WhatsApp knows.'],
      [
        { text: { body: 'A' }, image: { id: '1' } },
        'The message is of two kinds: text and image.',
      ],
      [
        { type: 'text', image: { id: '1' } },
        'The type of the message names a content that it does not hold.',
      ],
    ] as const) {
      throws(() => buildMessage(to, message), {
        code: 'INVALID_MESSAGE',
        description,
      });
    }
  });

  it('looks for no content among what every object inherits', () => {
    for (const type of ['constructor', 'toString', '__proto__']) {
      throws(() => buildMessage(to, { type }), { code: 'INVALID_MESSAGE' });
    }
  });

  it('knows an interactive content that stands alone', () => {
    const content = { type: 'list', body: { text: 'A' }, action: {} };

    expect(throws(() => buildMessage(to, content)).fix).to.contain(
      '{ interactive: {',
    );
  });

  it('refuses a message for somebody else', () => {
    const refused = { code: 'INVALID_RECIPIENT' };
    const text = { body: 'Hello' };

    buildMessage(254700000001, { to: '254700000001', text });
    throws(() => buildMessage(to, { to: '+254700000002', text }), refused);
    throws(() => buildMessage(to, { recipient: 'US.1', text }), refused);
  });
});
