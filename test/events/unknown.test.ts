import { parse } from '../../src/events/parse';
import { expect } from 'chai';
import { only, webhook } from './fixtures';

const unknownOf = (given: unknown) =>
  parse(given).unknown.map(({ raw }) => raw);

describe('what is not known', () => {
  it('is kept whole, with where it came from', () => {
    const { raw, ...about } = only('unknown', 'unknown-field');

    expect(raw).to.have.nested.property('value.teas[0]', 'green');
    expect(about).to.deep.equal({
      field: 'tea_ceremony',
      wabaId: '200300400500601',
      phoneNumberId: '300400500600701',
      displayPhoneNumber: '254711000000',
      timestamp: '2026-01-05T12:00:00.000Z',
    });
  });

  it('is no message, though there are messages in it', () => {
    const given = webhook('tea_ceremony', { messages: [{ id: 'wamid.1' }] });

    const { messages, unknown } = parse(given);

    expect(messages).to.be.empty;
    expect(unknown[0]?.field).to.equal('tea_ceremony');
  });

  it('may stand beside messages', () => {
    const value = { messages: [{ id: 'wamid.1' }], polls: [{ id: 1 }] };

    const { messages, unknown } = parse(webhook('messages', value));

    expect(messages).to.have.length(1);
    expect(unknown.map(({ raw }) => raw)).to.deep.equal([
      { polls: [{ id: 1 }] },
    ]);
  });

  it('may stand beside changes', () => {
    const entry = [{ id: '1', changes: [], messaging: [{ text: 'Hi' }] }];

    expect(unknownOf({ entry })).to.deep.equal([
      { messaging: [{ text: 'Hi' }] },
    ]);
  });

  it('is a change that tells nothing', () => {
    const empty = webhook('messages', { contacts: [], messages: [] });

    expect(unknownOf(empty)).to.deep.equal(empty.entry[0]?.changes);
  });

  it('is not the field when it stands a level too low', () => {
    const value = {
      messages: [{ id: 'wamid.1' }],
      field: 'messages',
      object: 'whatsapp_business_account',
    };

    expect(unknownOf(webhook(undefined, value))).to.be.empty;
  });

  it('is a message without an ID, and a status without a state', () => {
    const messages = [{ type: 'text' }, { id: '' }, { id: NaN }];
    const statuses = [{ id: 'wamid.1' }, { status: 'sent' }];

    const events = parse(webhook('messages', { messages, statuses }));

    expect(events.messages).to.be.empty;
    expect(events.statuses).to.be.empty;
    expect(events.unknown.map(({ raw }) => raw)).to.deep.equal([
      ...messages,
      ...statuses,
    ]);
  });
});

describe('a webhook without a field', () => {
  it('is read by what is in it', () => {
    const value = { messages: [{ id: 'wamid.1' }], calls: [{ id: 'wacid.1' }] };

    const { messages, calls } = parse(webhook(undefined, value));

    expect(messages[0]?.id).to.equal('wamid.1');
    expect(calls[0]?.id).to.equal('wacid.1');
  });
});
