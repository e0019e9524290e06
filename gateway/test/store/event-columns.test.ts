import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { parse } from '../../../src/webhook';
import { readEvents } from '../../src/store/event-columns';
import { message, status, webhook } from '../support/payloads';

const FIXTURES = fileURLToPath(
  new URL('../../../test/fixtures/webhooks/', import.meta.url),
);

const rowsOf = (payload: unknown) =>
  readEvents(parse(payload)).map(({ row }) => row);

const rowOf = (value: Record<string, unknown>, field?: string) => {
  const [row] = rowsOf(webhook(value, field));
  return row ?? expect.fail('no event');
};

describe('readEvents', () => {
  it("has a row for every event in Meta's examples, with a key of its own", () => {
    const files = readdirSync(FIXTURES);

    for (const file of files) {
      const rows = rowsOf(JSON.parse(readFileSync(FIXTURES + file, 'utf8')));
      expect(rows, file).to.not.be.empty;
      expect(new Set(rows.map(({ key }) => key)).size).to.equal(rows.length);
    }
  });

  it('knows a message again by its ID alone', () => {
    const one = message('Hello', { id: 'wamid.1' });
    const again = message('Hello', { id: 'wamid.1', timestamp: '1795161999' });

    expect(rowOf({ messages: [one] }).key).to.equal(
      rowOf({ messages: [again] }).key,
    );
  });

  it('tells the statuses of a message apart, and the members of a group', () => {
    const rows = [
      status('wamid.1', 'sent'),
      status('wamid.1', 'delivered'),
      status('wamid.1', 'delivered', { recipient_participant_id: '1' }),
      status('wamid.1', 'delivered', { recipient_participant_id: '2' }),
    ].map(one => rowOf({ statuses: [one] }));

    expect(new Set(rows.map(({ key }) => key)).size).to.equal(4);
  });

  it('takes an error without a time for the same on the same day only', () => {
    const errors = [{ code: 131035, title: 'Webhook could not be delivered' }];
    const keyAt = (time: string) =>
      readEvents(parse(webhook({ errors })), time)[0]?.row.key;

    const key = keyAt('2026-11-20T08:00:00.000Z');

    expect(keyAt('2026-11-20T08:10:00.000Z')).to.equal(key);
    expect(keyAt('2026-11-21T08:00:00.000Z')).to.not.equal(key);
  });

  it('notes who wrote, and until when an answer is free', () => {
    const contacts = [{ wa_id: '254700000001', profile: { name: 'Amina' } }];
    const row = rowOf({ contacts, messages: [message('Hello')] });

    expect(row).to.include({
      kind: 'messages',
      direction: 'in',
      contact: '254700000001',
      name: 'Amina',
      happened_at: '2026-11-20T08:00:00.000Z',
      window_ends_at: '2026-11-21T08:00:00.000Z',
    });
  });

  it('opens no window for what is said in a group', () => {
    const row = rowOf({ messages: [message('Hello', { group_id: 'g1' })] });

    expect(row).to.include({ group_id: 'g1', window_ends_at: null });
  });

  it('counts it as no word of a person when a number was changed', () => {
    const row = rowOf({
      messages: [message('', { type: 'system', system: { wa_id: '2' } })],
    });

    expect(row).to.include({
      kind: 'notices',
      direction: null,
      contact: '254700000001',
      window_ends_at: null,
    });
  });

  it('knows a notice again by its ID alone, also without a sender', () => {
    const system = { type: 'user_changed_user_id', user_id: 'KE.2' };
    const { from: _, ...one } = message('', { type: 'system', system });
    const again = { ...one, timestamp: '1795161999' };

    const row = rowOf({ messages: [one] });

    expect(row).to.include({ kind: 'notices', contact: null });
    expect(rowOf({ messages: [again] }).key).to.equal(row.key);
  });

  it('notes a person whose wishes changed', () => {
    const contacts = [{ wa_id: '254700000001', user_id: 'KE.1' }];
    const user_preferences = [{ wa_id: '254700000001', value: 'stop' }];
    const row = rowOf({ contacts, user_preferences }, 'user_preferences');

    expect(row).to.include({
      kind: 'account',
      direction: null,
      contact: '254700000001',
      user_id: 'KE.1',
    });
  });

  it('notes both directions of what another handles, and of old messages', () => {
    const messages = [message('Are you open?')];
    const row = rowOf({ standby: { messages } }, 'standby');

    expect(row).to.include({
      kind: 'account',
      direction: 'in',
      contact: '254700000001',
      window_ends_at: '2026-11-21T08:00:00.000Z',
    });
    const old = { ...message('We are'), from: '15550783881' };
    const history = [{ threads: [{ id: '254700000001', messages: [old] }] }];
    expect(rowOf({ history }, 'history')).to.include({
      direction: 'out',
      contact: '254700000001',
      window_ends_at: null,
    });
  });

  it('notes the member, not the group, as contact of a group status', () => {
    const more = {
      recipient_id: 'g1',
      recipient_type: 'group',
      recipient_participant_id: '254700000002',
    };
    const row = rowOf({ statuses: [status('wamid.1', 'read', more)] });

    expect(row).to.include({ group_id: 'g1', contact: '254700000002' });
  });

  it('notes a member who shows no number by the user ID', () => {
    const more = {
      recipient_id: 'g1',
      recipient_type: 'group',
      recipient_participant_user_id: 'KE.1',
    };
    const row = rowOf({ statuses: [status('wamid.1', 'read', more)] });

    expect(row).to.include({ group_id: 'g1', contact: null, user_id: 'KE.1' });
  });

  it('opens a window for a call from a person, and none for a call to one', () => {
    const call = {
      id: 'wacid.1',
      from: '254700000001',
      to: '1555',
      timestamp: '1795161600',
      event: 'connect',
    };
    const incoming = { ...call, direction: 'USER_INITIATED' };
    const outgoing = { ...call, direction: 'BUSINESS_INITIATED' };

    expect(rowOf({ calls: [incoming] }, 'calls')).to.include({
      contact: '254700000001',
      window_ends_at: '2026-11-21T08:00:00.000Z',
    });
    expect(rowOf({ calls: [outgoing] }, 'calls')).to.include({
      contact: '1555',
      window_ends_at: null,
    });
  });

  it("counts a message from the business's own app as going out", () => {
    const person = { to: '254700000001', to_user_id: 'KE.1' };
    const echo = { ...message('On our way'), from: '1555', ...person };
    const row = rowOf({ message_echoes: [echo] }, 'smb_message_echoes');

    expect(row).to.include({
      kind: 'account',
      direction: 'out',
      contact: '254700000001',
      user_id: 'KE.1',
    });
  });

  it('keeps text that PostgreSQL cannot: NUL, half an emoji, great length', () => {
    const text = '\0\ud83d'.repeat(1000);
    const row = rowOf({ messages: [message(text, { id: text })] });

    expect(row.message_id).to.have.length(500);
    expect(row.message_id).to.match(/^[^\0\ud83d]+$/);
    expect(JSON.parse(row.item)).to.deep.include({ text });
  });
});
