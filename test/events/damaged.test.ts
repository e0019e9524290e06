import { parse } from '../../src/events/parse';
import { expect } from 'chai';
import { payload } from './fixtures';

describe('a damaged webhook', () => {
  const { messages, notices, statuses, account, unknown } = parse(
    payload('damaged'),
  );
  const find = (id: string) => messages.find(message => message.id === id);

  it('gives what can be read', () => {
    expect(messages.map(({ id }) => id)).to.deep.equal([
      'wamid.DAMAGED1',
      'wamid.DAMAGED2',
      'wamid.DAMAGED3',
      'wamid.DAMAGED4',
      '12345',
    ]);
    expect(notices.map(({ id }) => id)).to.deep.equal(['wamid.DAMAGED5']);
    expect([...statuses, ...account]).to.be.empty;
  });

  it('leaves out what is not there, or is not what it should be', () => {
    const { raw, ...message } = find('wamid.DAMAGED2') ?? {};

    expect(raw).to.include({ timestamp: 'soon', image: null });
    expect(message).to.deep.equal({
      id: 'wamid.DAMAGED2',
      type: 'image',
      wabaId: '200300400500601',
      errors: [{ error: null }, { code: 'x' }],
      contact: { profile: null },
    });
  });

  it('gives a kind that is missing or strange as it is', () => {
    expect(find('wamid.DAMAGED1')?.type).to.equal('unknown');
    expect(find('wamid.DAMAGED4')?.['constructor']).to.equal('x');
    expect(notices[0]).to.not.have.property('text');
  });

  it('reads numbers where text should be', () => {
    expect(find('12345')).to.include({
      text: '17',
      timestamp: '2026-01-05T12:00:00.000Z',
    });
  });

  it('keeps the rest, each thing once', () => {
    const kept = unknown.map(({ raw }) => JSON.stringify(raw));

    for (const raw of [
      null,
      7,
      'text',
      [],
      {},
      { field: 'messages' },
      { id: '' },
      { status: 'sent' },
      { errors: 'x' },
      { novelty: { a: 1 } },
      { messages: { id: 'wamid.NOLIST' } },
      { messaging: [{ sender: { id: '1' } }] },
    ])
      expect(kept).to.include(JSON.stringify(raw));
  });

  it('can name a kind after a part of every object', () => {
    const text =
      '{"entry":[{"changes":[{"field":"messages","value":{"messages":[{"id":"wamid.1","type":"__proto__","__proto__":{"from":"2"}}]}}]}]}';

    const [message] = parse(text).messages;

    expect(Object.getPrototypeOf(message)).to.equal(Object.prototype);
    expect(message?.from).to.equal(undefined);
  });
});
