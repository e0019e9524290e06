import { parse } from '../../src/events/parse';
import { expect } from 'chai';
import { buildReply } from '../../src/messages/reply';
import { throws } from '../rejects';
import { only, webhook } from './fixtures';

const read = (fixture: string) => only('notices', `notice-${fixture}`);

const noticesOf = (...messages: object[]) =>
  parse(webhook('messages', { messages })).notices;

const base = { id: 'wamid.1', timestamp: '1767614400' };

describe('a notice', () => {
  for (const fixture of ['system-number', 'system-user-id', 'edit', 'revoke'])
    it(`stands apart from what people write: ${fixture}`, () => {
      const { id, type } = read(fixture);

      expect(id).to.match(/^wamid\./);
      expect(type).to.equal(fixture.replace(/-.*/, ''));
    });

  it('is read whole', () => {
    const { raw, ...notice } = read('system-number');

    expect(raw).to.have.property('system');
    expect(notice).to.deep.equal({
      id: 'wamid.IN025',
      type: 'system',
      event: 'user_changed_number',
      from: '254700000001',
      newNumber: '254700000002',
      phoneNumberId: '300400500600701',
      displayPhoneNumber: '254711000000',
      wabaId: '200300400500601',
      timestamp: '2026-01-05T12:00:00.000Z',
      text: 'User Amina Yusuf changed from 254700000001 to 254700000002',
      system: {
        body: 'User Amina Yusuf changed from 254700000001 to 254700000002',
        wa_id: '254700000002',
        type: 'user_changed_number',
      },
    });
  });

  it('names the message that was edited or revoked, and what it says now', () => {
    expect(read('edit')).to.include({
      messageId: 'wamid.IN001',
      name: 'Amina Yusuf',
      text: 'The rash on her left arm',
      mediaId: '900100',
    });
    expect(read('revoke')).to.include({ messageId: 'wamid.IN001' });
  });

  it('tells the old and the new IDs of a person', () => {
    const system = {
      type: 'user_changed_user_id',
      user_id: 'KE.2',
      previous_user_id: 'KE.1',
      parent_user_id: 'KE.ENT.2',
      previous_parent_user_id: 'KE.ENT.1',
    };

    const [notice] = noticesOf({ ...base, type: 'system', system });

    expect(notice).to.include({
      event: 'user_changed_user_id',
      userId: 'KE.1',
      parentUserId: 'KE.ENT.1',
      newUserId: 'KE.2',
      newParentUserId: 'KE.ENT.2',
    });
    expect(notice).to.not.have.any.keys('from', 'newNumber');
  });

  it('has a new number in the words of old versions too, and only if it is new', () => {
    const system = (fields: object) => ({
      ...base,
      type: 'system',
      system: fields,
    });
    const changed = {
      type: 'customer_changed_number',
      new_wa_id: '2',
      wa_id: '1',
    };
    const identity = { type: 'customer_identity_changed', wa_id: '1' };

    expect(noticesOf({ ...system(changed), from: '1' })[0]?.newNumber).to.equal(
      '2',
    );
    expect(noticesOf(system(identity))[0]).to.not.have.property('newNumber');
  });

  it('needs no sender', () => {
    const system = { body: 'Something changed', type: 'something_new' };

    const [notice] = noticesOf({ ...base, type: 'system', system });

    expect(notice).to.include({
      event: 'something_new',
      text: 'Something changed',
    });
  });

  it('opens no window for an answer', () => {
    for (const type of ['system', 'edit', 'revoke'])
      expect(noticesOf({ ...base, from: '1', type })[0]).to.not.have.property(
        'windowExpiresAt',
      );
  });

  it('is told once', () => {
    const revoke = { ...base, type: 'revoke', revoke: {} };

    expect(noticesOf(revoke, { ...revoke, from: '1' })).to.have.length(1);
  });
});

describe('what a person did', () => {
  for (const type of [
    'text',
    'reaction',
    'unsupported',
    'unknown',
    'request_welcome',
    'hologram',
  ])
    it(`is a message: ${type}`, () => {
      const messages = [{ ...base, from: '1', type }];
      const events = parse(webhook('messages', { messages }));

      expect(events.messages.map(message => message.type)).to.deep.equal([
        type,
      ]);
      expect(events.notices).to.be.empty;
    });
});

describe('reply', () => {
  const reply = (received: unknown) =>
    throws(() => buildReply({ received, now: 0 }, 'Hello', {}), {
      code: 'NOT_A_MESSAGE',
    });

  for (const fixture of ['system-number', 'system-user-id', 'edit', 'revoke'])
    it(`does not answer a notice: ${fixture}`, () => {
      const { description, fix } = reply(read(fixture));

      expect(description).to.contain('a notice from WhatsApp');
      expect(fix).to.contain('broadcast($.data.messages');
    });

  it('does not answer what became of a message, a call, or what went out', () => {
    for (const received of [
      { id: 'wamid.1', status: 'read', userId: 'KE.1' },
      { id: 'wacid.1', event: 'connect', from: '1' },
      { id: 'wamid.1', type: 'text', direction: 'out', from: '1', to: '2' },
      { id: 'wamid.1', type: 'text', direction: 'outbound', to: '2' },
      {
        id: 'wamid.1',
        type: 'text',
        direction: 'in',
        field: 'history',
        from: '1',
      },
    ])
      expect(reply(received).fix).to.contain('broadcast($.data.messages');
  });
});
