import { parse } from '../../src/events/parse';
import { expect } from 'chai';
import { FIXTURES, only, payload, webhook } from './fixtures';

const read = (fixture: string) => only('account', `account-${fixture}`);

// Fields whose list has more than one item, or whose name is not the fixture's.
const OTHERS = [
  'user-preferences',
  'errors',
  'history-media',
  'history',
  'standby',
  'messaging-handovers',
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
    for (const name of [
      'smb-message-echoes',
      'message-echoes',
      'history',
      'standby',
    ])
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
      displayPhoneNumber: '254711000000',
      wabaId: '200300400500601',
      timestamp: '2026-01-05T12:00:00.000Z',
      type: 'text',
      text: 'The nurse will call you.',
      field: 'smb_message_echoes',
      direction: 'out',
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
  });
});

describe('old messages', () => {
  const events = parse(payload('account-history'));

  it('are one event each, of both directions, with the person and what became of them', () => {
    const [out, back, ...others] = events.account;

    expect(others).to.be.empty;
    expect(out).to.include({
      field: 'history',
      id: 'wamid.OLD1',
      direction: 'out',
      from: '254711000000',
      to: '254700000001',
      text: 'Welcome.',
      status: 'read',
      phase: 0,
      chunk_order: 1,
      progress: 55,
    });
    expect(back).to.include({
      id: 'wamid.OLD2',
      direction: 'in',
      from: '254700000001',
      text: 'Thank you!',
    });
    expect(back).to.not.have.property('to');
  });

  it('tell the direction by themselves, if Meta says it', () => {
    const message = (from_me: boolean) => ({
      id: `wamid.${from_me}`,
      from: '1',
      history_context: { from_me, status: 'SENT' },
    });
    const context = { user_id: 'KE.1', username: '@amina' };
    const thread = {
      id: '2',
      context,
      messages: [message(true), message(false)],
    };
    const history = [{ threads: [thread] }];

    const { account } = parse(webhook('history', { history }));

    expect(account.map(({ direction }) => direction)).to.deep.equal([
      'out',
      'in',
    ]);
    for (const event of account)
      expect(event).to.include({ userId: 'KE.1', username: '@amina' });
  });

  it('lose nothing that cannot be read', () => {
    const thread = { id: '1', messages: [{ text: 'no ID' }, null] };
    const empty = { id: '2', messages: [] };
    const refused = { errors: [{ code: 2593109, title: 'Not shared' }] };
    const history = [{ threads: [thread, empty, 7] }, refused];

    const { account, unknown } = parse(webhook('history', { history }));

    expect(unknown.map(({ raw }) => raw)).to.deep.equal([
      ...thread.messages,
      7,
    ]);
    expect(account.map(({ raw }) => raw)).to.deep.equal([empty, refused]);
  });
});

describe('a conversation that another handles', () => {
  const messages = [
    { id: 'wamid.1', from: '1', timestamp: '1767614400', type: 'text' },
    { id: 'wamid.2', from: '1', type: 'revoke' },
  ];
  const message_echoes = [{ id: 'wamid.3', from: '1555', to: '1' }];
  const statuses = [{ id: 'wamid.3', status: 'sent', recipient_id: '1' }];
  const lists = { messages, message_echoes, statuses };

  for (const [where, value] of Object.entries({
    'a level lower': { standby: lists },
    'as elsewhere': lists,
  }))
    it(`is told in the right lists, with its lists ${where}`, () => {
      const events = parse(webhook('standby', value));

      expect(events.messages).to.be.empty;
      expect(events.unknown).to.be.empty;
      expect(events.notices[0]).to.include({ id: 'wamid.2', type: 'revoke' });
      expect(events.statuses[0]).to.include({ id: 'wamid.3', to: '1' });
      expect(events.account[0]).to.include({
        field: 'standby',
        direction: 'in',
        from: '1',
        windowExpiresAt: '2026-01-06T12:00:00.000Z',
      });
      expect(events.account[1]).to.include({
        field: 'standby',
        direction: 'out',
        to: '1',
      });
    });

  it('changes hands', () => {
    expect(read('messaging-handovers')).to.deep.include({
      field: 'messaging_handovers',
      type: 'control_passed',
      phoneNumberId: '300400500600701',
      displayPhoneNumber: '254711000000',
      timestamp: '2026-01-05T12:00:00.000Z',
      sender: { phone_number: '254700000001' },
      control_passed: { previous_owner_app_role: 'meta_business_agent' },
    });
  });
});

describe('an item that is nothing but its errors', () => {
  it('is an error of the account', () => {
    const item = {
      from: '1',
      errors: [{ code: '131051', title: 'Unsupported' }],
    };

    const events = parse(webhook('messages', { messages: [item] }));

    expect(events.unknown).to.be.empty;
    expect(events.account[0]).to.deep.include({
      field: 'errors',
      code: 131051,
      errors: [{ code: 131051, title: 'Unsupported' }],
      from: '1',
      raw: item,
    });
  });
});

describe("a person's wish", () => {
  it('has the name and the IDs that the contacts tell', () => {
    const contacts = [
      { profile: { name: 'Amina' }, wa_id: '1', user_id: 'KE.1' },
      { profile: { name: 'Baraka' }, wa_id: '2' },
    ];
    const user_preferences = [{ wa_id: '1', value: 'stop' }];

    const { account } = parse(
      webhook('user_preferences', { contacts, user_preferences }),
    );

    expect(account[0]).to.include({
      name: 'Amina',
      userId: 'KE.1',
      value: 'stop',
    });
  });
});
