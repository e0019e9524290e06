import { parse } from '../../src/events/parse';
import { expect } from 'chai';
import { FIXTURES, only, webhook } from './fixtures';

const read = (fixture: string) => only('messages', `message-${fixture}`);

// What each kind says in words, which choice it carries, which file.
const KINDS: Record<
  string,
  { text?: string; replyId?: string; mediaId?: string }
> = {
  text: { text: 'Is the clinic open on Monday?' },
  'text-reply': { text: 'Yes, I will come.' },
  'text-product': { text: 'Do you still have this net?' },
  'text-advertisement': { text: 'I saw your notice.' },
  'text-group': { text: 'Who brings the vaccines?' },
  'text-username': { text: 'I have no number to show.' },
  'text-parent-id': { text: 'It is me.' },
  'request-welcome': {},
  image: { text: 'The rash on her arm', mediaId: '900100' },
  video: { text: 'How she walks', mediaId: '900101' },
  audio: { mediaId: '900102' },
  voice: { mediaId: '900103' },
  document: { text: 'The referral letter', mediaId: '900104' },
  sticker: { mediaId: '900105' },
  location: {},
  contacts: {},
  reaction: { text: '👍' },
  'reaction-removed': {},
  button: { text: 'I will come', replyId: 'CONFIRM-VISIT' },
  'button-code-not-requested': {
    text: "I didn't request a code",
    replyId: 'DID_NOT_REQUEST_CODE',
  },
  'button-reply': { text: 'Yes', replyId: 'yes' },
  'list-reply': { text: 'Monday morning', replyId: 'monday' },
  flow: { text: 'Sent' },
  'flow-not-json': { text: 'Sent' },
  address: { text: 'Amina Yusuf, Olympic Road 4' },
  'call-permission': {},
  order: { text: 'Two of them, please' },
  unsupported: {},
  'new-kind': {},
};

describe('an inbound message', () => {
  it('is read whole', () => {
    const message = read('text');

    expect(message).to.deep.equal({
      id: 'wamid.IN001',
      from: '254700000001',
      name: 'Amina Yusuf',
      phoneNumberId: '300400500600701',
      displayPhoneNumber: '254711000000',
      wabaId: '200300400500601',
      timestamp: '2026-01-05T12:00:00.000Z',
      windowExpiresAt: '2026-01-06T12:00:00.000Z',
      type: 'text',
      text: 'Is the clinic open on Monday?',
      contact: { profile: { name: 'Amina Yusuf' }, wa_id: '254700000001' },
      raw: {
        from: '254700000001',
        id: 'wamid.IN001',
        timestamp: '1767614400',
        type: 'text',
        text: { body: 'Is the clinic open on Monday?' },
      },
    });
  });

  for (const [fixture, { text, replyId, mediaId }] of Object.entries(KINDS))
    it(`says its words, its choice and its file: ${fixture}`, () => {
      const message = read(fixture);

      expect(message.text).to.equal(text);
      expect(message.replyId).to.equal(replyId);
      expect(message.mediaId).to.equal(mediaId);
    });

  it('has every kind of the fixtures in this list', () => {
    const messages = FIXTURES.filter(name => name.startsWith('message-'));

    expect(messages).to.have.members(
      Object.keys(KINDS).map(k => `message-${k}`),
    );
  });

  it("keeps Meta's object under the name of the kind", () => {
    expect(read('location')['location']).to.include({ latitude: -1.2921 });
    expect(read('contacts')['contacts']).to.have.length(1);
    expect(read('document')['document']).to.include({
      filename: 'referral.pdf',
    });
  });

  it('passes a kind through that is new', () => {
    const message = read('new-kind');

    expect(message).to.include({ type: 'hologram', from: '254700000001' });
    expect(message['hologram']).to.deep.equal({ id: '900106', shape: 'cube' });
  });

  it('tells what it answers, and which advertisement brought the person', () => {
    expect(read('button-reply').context?.['id']).to.equal('wamid.OUT001');
    expect(read('text-advertisement').referral?.['ctwa_clid']).to.equal(
      'Clid01',
    );
  });

  it('has the errors of a kind that Meta does not hand out', () => {
    expect(read('unsupported').errors?.[0]).to.include({ code: 131051 });
  });

  it('opens no window when it is an edit that Meta does not hand out', () => {
    const edit = {
      id: 'wamid.1',
      timestamp: '1767614400',
      type: 'unsupported',
    };
    const messages = [{ ...edit, unsupported: { type: 'edit' } }];

    const [message] = parse(webhook('messages', { messages })).messages;

    expect(message).to.not.have.property('windowExpiresAt');
    expect(read('unsupported')).to.have.property('windowExpiresAt');
  });

  it('has the group that it was written in', () => {
    expect(read('text-group').groupId).to.equal('R3JvdXBPZkhlYWx0aFdvcmtlcnM=');
  });
});
