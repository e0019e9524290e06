import { parse } from '../../src/events/parse';
import { expect } from 'chai';
import { webhook } from './fixtures';

const GROUP = { id: 'wamid.1', status: 'read' };

describe('the same event, told twice with small differences', () => {
  for (const [list, first, second] of [
    ['messages', { id: 'wamid.1' }, { id: 'wamid.1', text: {} }],
    ['statuses', GROUP, { ...GROUP, timestamp: '1767614400' }],
    [
      'statuses',
      { ...GROUP, recipient_participant_id: '1' },
      { ...GROUP, participant_recipient_id: '1' },
    ],
    [
      'calls',
      { id: 'wacid.1', event: 'connect' },
      { id: 'wacid.1', event: 'connect', to: '1' },
    ],
  ] as const)
    it(`is kept once, as it came first: ${list} ${JSON.stringify(second)}`, () => {
      const events = parse(webhook('messages', { [list]: [first, second] }));

      expect(events[list].map(({ raw }) => raw)).to.deep.equal([first]);
    });
});

describe('another event of the same thing', () => {
  for (const [list, first, second] of [
    ['messages', { id: 'wamid.1' }, { id: 'wamid.2' }],
    ['statuses', GROUP, { ...GROUP, status: 'sent' }],
    ['statuses', GROUP, { ...GROUP, recipient_participant_id: '1' }],
    [
      'calls',
      { id: 'wacid.1', event: 'connect' },
      { id: 'wacid.1', event: 'terminate' },
    ],
    [
      'calls',
      { id: 'wacid.1', status: 'RINGING' },
      { id: 'wacid.1', status: 'ACCEPTED' },
    ],
  ] as const)
    it(`is kept too: ${list} ${JSON.stringify(second)}`, () => {
      const events = parse(webhook('messages', { [list]: [first, second] }));

      expect(events[list]).to.have.length(2);
    });

  it('is news of another field, account or time', () => {
    const change = (field: string) => ({ field, value: { event: 'X' } });
    const both = [change('security'), change('flows')];
    const entry = [
      { id: '1', changes: both },
      { id: '2', changes: both },
      { id: '1', time: 1767614400, changes: both },
      { id: '1', time: 1767614401, changes: both },
    ];

    expect(parse({ entry }).account).to.have.length(8);
  });

  it('is the same error of another number', () => {
    const change = (phone_number_id: string) => ({
      field: 'messages',
      value: { metadata: { phone_number_id }, errors: [{ code: 130429 }] },
    });
    const entry = [{ id: '1', changes: [change('1'), change('2')] }];

    expect(parse({ entry }).account).to.have.length(2);
  });

  it('is what is nested too deep to compare', () => {
    const deep = (word: string) =>
      `${'['.repeat(100_000)}"${word}"${']'.repeat(100_000)}`;

    const { unknown } = parse(`{"entry":[${deep('a')},${deep('b')}]}`);

    expect(unknown).to.have.length(2);
  });
});
