import { parse } from '../../src/events/parse';
import { expect } from 'chai';
import { only, payload, webhook } from './fixtures';

const read = (fixture: string) => only('calls', `call-${fixture}`);

describe('a call', () => {
  it('begins', () => {
    const { raw, ...call } = read('connect');

    expect(raw).to.have.property('session');
    expect(call).to.deep.equal({
      id: 'wacid.01',
      event: 'connect',
      direction: 'USER_INITIATED',
      timestamp: '2026-01-05T12:00:00.000Z',
      windowExpiresAt: '2026-01-06T12:00:00.000Z',
      from: '254700000001',
      to: '254711000000',
      name: 'Amina Yusuf',
      contact: { profile: { name: 'Amina Yusuf' }, wa_id: '254700000001' },
      phoneNumberId: '300400500600701',
      displayPhoneNumber: '254711000000',
      wabaId: '200300400500601',
      session: { sdp_type: 'offer', sdp: 'v=0' },
    });
  });

  it('ends, after how long', () => {
    expect(read('terminate')).to.include({
      event: 'terminate',
      status: 'Completed',
      startTime: '2026-01-05T11:58:00.000Z',
      endTime: '2026-01-05T12:00:00.000Z',
      duration: 120,
    });
  });

  it('may fail, with a person who shows no number', () => {
    const contacts = [{ user_id: 'KE.1', profile: { name: 'Baraka' } }];
    const failed = {
      errors: [{ code: '138000' }],
      biz_opaque_callback_data: 'visit-17',
    };
    const calls = [{ id: 'wacid.1', from_user_id: 'KE.1', ...failed }];
    const statuses = [{ id: 'wacid.2', recipient_user_id: 'KE.1', ...failed }];

    const events = parse(webhook('calls', { contacts, calls, statuses }));

    const common = {
      userId: 'KE.1',
      name: 'Baraka',
      errors: [{ code: 138000 }],
      callbackData: 'visit-17',
      contact: contacts[0],
      wabaId: '1',
    };
    expect(events.calls.map(({ raw: _, ...call }) => call)).to.deep.equal([
      { id: 'wacid.1', ...common },
      { id: 'wacid.2', ...common },
    ]);
  });

  it('of the business has the person who was called', () => {
    const contacts = [{ user_id: 'KE.1', profile: { name: 'Baraka' } }];
    const direction = 'BUSINESS_INITIATED';
    const call = { id: 'wacid.1', from: '1555', to_user_id: 'KE.1', direction };

    const { calls } = parse(webhook('calls', { contacts, calls: [call] }));

    expect(calls[0]).to.include({ userId: 'KE.1', name: 'Baraka' });
  });

  it('has a status, in whichever field it comes', () => {
    expect(read('status')).to.include({
      id: 'wacid.02',
      status: 'RINGING',
      to: '254700000001',
    });
    expect(read('status-among-messages').status).to.equal('REJECTED');
  });

  it('has a status in its own field also without a type', () => {
    const statuses = [{ id: 'wacid.1', status: 'RINGING' }];

    const { calls } = parse(webhook('calls', { statuses }));

    expect(calls[0]?.status).to.equal('RINGING');
  });

  it('has a status also when it comes as a list of one', () => {
    const statusOf = (status: unknown) => {
      const call = { id: 'wacid.1', event: 'terminate', status };
      return parse(webhook('calls', { calls: [call] })).calls[0]?.status;
    };

    expect(statusOf(['COMPLETED'])).to.equal('COMPLETED');
    // Which of several it is, nobody knows: they stay in raw.
    expect(statusOf(['FAILED', 'COMPLETED'])).to.equal(undefined);
  });

  it('is not taken for a message or its status', () => {
    const { messages, statuses } = parse(payload('call-status'));

    expect([...messages, ...statuses]).to.be.empty;
  });
});
