import { expect } from 'chai';
import { parse } from '../../src/events/parse';
import { FIXTURES, only, payload, webhook } from './fixtures';

const read = (fixture: string) => only('account', `account-${fixture}`);

// Fields whose list has more than one item, or whose name is not the fixture's.
const OTHERS = [
  'user-preferences',
  'errors',
  'history-media',
  'field-too-high',
  'field-too-low',
];
const SIMPLE = FIXTURES.filter(name => name.startsWith('account-'))
  .map(name => name.replace('account-', ''))
  .filter(name => !OTHERS.includes(name));

describe('news of an account', () => {
  for (const fixture of SIMPLE)
    it(`is one event of its field: ${fixture}`, () => {
      const event = read(fixture);

      expect(event.field).to.equal(fixture.replaceAll('-', '_'));
      expect(event.wabaId).to.equal('200300400500601');
      // Of a list it is the item, not what is around it.
      expect(event.raw).to.not.have.property('messaging_product');
    });

  it("has Meta's own fields beside ours", () => {
    const { raw, ...event } = read('phone-number-quality-update');

    expect(event).to.deep.equal({
      display_phone_number: '254711000000',
      event: 'THROUGHPUT_UPGRADE',
      current_limit: 'TIER_UNLIMITED',
      field: 'phone_number_quality_update',
      wabaId: '200300400500601',
      timestamp: '2026-01-05T12:00:00.000Z',
    });
    expect(raw).to.have.keys('display_phone_number', 'event', 'current_limit');
  });

  it('is one event a group', () => {
    for (const what of ['lifecycle', 'participants', 'settings', 'status'])
      expect(read(`group-${what}-update`)).to.include({
        group_id: 'R3JvdXBPZkhlYWx0aFdvcmtlcnM=',
        timestamp: '2026-01-05T12:00:00.000Z',
        phoneNumberId: '300400500600701',
      });
  });

  it('has a time also in milliseconds', () => {
    const { timestamp } = read('business-capability-update');

    expect(timestamp).to.equal('2026-01-05T12:00:00.123Z');
  });

  it('has the time of a change in the address book', () => {
    const { timestamp } = read('smb-app-state-sync');

    expect(timestamp).to.equal('2026-01-05T12:00:00.000Z');
  });

  it('is one event a person, when people change their wishes', () => {
    const { account } = parse(payload('account-user-preferences'));

    expect(
      account.map(({ wa_id, user_id, value, timestamp }) => [
        wa_id ?? user_id,
        value,
        timestamp,
      ]),
    ).to.deep.equal([
      ['254700000001', 'stop', '2026-01-05T12:00:00.000Z'],
      ['KE.13491208655302741918', 'resume', '2026-01-05T12:01:00.000Z'],
    ]);
  });

  it('is found with its field a level too high or too low', () => {
    expect(read('field-too-high').field).to.equal('account_update');
    expect(read('field-too-low').field).to.equal('account_update');
  });

  it('is also an error that belongs to no message', () => {
    expect(read('errors')).to.include({
      field: 'errors',
      code: 130429,
      phoneNumberId: '300400500600701',
    });
  });

  it('keeps the whole value when the list of its field is missing', () => {
    const value = { wa_id: '1', value: 'stop' };

    const { account, unknown } = parse(webhook('user_preferences', value));

    expect(account[0]).to.include({ ...value, field: 'user_preferences' });
    expect(unknown).to.be.empty;
  });
});

describe('what the business wrote itself, or long ago', () => {
  it('is no inbound message, so that no job answers it', () => {
    for (const name of ['smb-message-echoes', 'message-echoes', 'history'])
      expect(parse(payload(`account-${name}`)).messages).to.be.empty;
    expect(parse(payload('account-history-media')).messages).to.be.empty;
  });

  it('is read like a message, to whom and without a window', () => {
    const { raw, ...echo } = read('smb-message-echoes');

    expect(raw).to.have.property('text');
    expect(echo).to.deep.equal({
      id: 'wamid.ECHO1',
      from: '254711000000',
      to: '254700000001',
      phoneNumberId: '300400500600701',
      wabaId: '200300400500601',
      timestamp: '2026-01-05T12:00:00.000Z',
      type: 'text',
      text: 'The nurse will call you.',
      field: 'smb_message_echoes',
    });
  });

  it('is read alike in the other field for it', () => {
    expect(read('message-echoes').text).to.equal('Come at nine.');
  });

  it('has the person also without a number, and in old messages', () => {
    const contacts = [{ user_id: 'KE.1', profile: { username: '@amina' } }];
    const echo = { id: 'wamid.1', from: '1555', to_user_id: 'KE.1' };
    const value = { contacts, message_echoes: [echo] };

    for (const field of ['smb_message_echoes', 'history']) {
      const { account } = parse(webhook(field, value));

      expect(account[0]).to.include({ userId: 'KE.1', username: '@amina' });
    }
  });

  it('is unknown without an ID', () => {
    const echo = { type: 'text', text: { body: 'Hi' } };
    const value = { message_echoes: [echo] };

    const { account, unknown } = parse(webhook('message_echoes', value));

    expect(account).to.be.empty;
    expect(unknown[0]?.raw).to.deep.equal(echo);
  });

  it('has the files of old messages', () => {
    expect(read('history-media')).to.include({
      field: 'history',
      mediaId: '900107',
      text: 'An old picture',
    });
    expect(read('history')['threads']).to.have.length(1);
  });
});
