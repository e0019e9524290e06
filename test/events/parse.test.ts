import { parse } from '../../src/events/parse';
import { expect } from 'chai';
import { throws } from '../rejects';
import { FIXTURES, all, payload, webhook } from './fixtures';

describe('parse', () => {
  it('reads every entry, every change and every item', () => {
    const { messages, statuses, account } = parse(payload('several'));

    expect(messages.map(({ name, text }) => [name, text])).to.deep.equal([
      ['Amina Yusuf', 'First'],
      ['Chausiku Were', 'Second'],
    ]);
    expect(statuses.map(({ id, status }) => [id, status])).to.deep.equal([
      ['wamid.OUT002', 'delivered'],
      ['wamid.OUT002', 'read'],
      ['wamid.OUT002', 'sent'],
      ['wamid.OUT003', 'failed'],
      ['wamid.OUT003', 'sent'],
    ]);
    expect(account[0]).to.include({
      field: 'security',
      wabaId: '200300400500602',
    });
  });

  for (const fixture of FIXTURES) {
    it(`gives the same for text as for an object: ${fixture}`, () => {
      const given = payload(fixture);

      expect(parse(JSON.stringify(given))).to.deep.equal(parse(given));
      expect(parse(Buffer.from(JSON.stringify(given)))).to.deep.equal(
        parse(given),
      );
    });

    it(`gives plain JSON: ${fixture}`, () => {
      const events = parse(payload(fixture));

      // Deep equality tells a property that is undefined from a missing one.
      expect(JSON.parse(JSON.stringify(events))).to.deep.equal(events);
    });

    it(`drops what is told twice: ${fixture}`, () => {
      const once = payload(fixture) as { entry: object[] };
      const twice = { ...once, entry: [...once.entry, ...once.entry] };

      expect(parse(twice)).to.deep.equal(parse(once));
    });
  }

  it('has nothing to tell of a webhook without entries', () => {
    expect(all(parse({ entry: [] }))).to.be.empty;
    expect(all(parse({ entry: [{ id: '1', changes: [] }] }))).to.be.empty;
  });

  it('takes other keys beside those of Meta', () => {
    const given = { ...webhook('security', { event: 'x' }), raw: '{}' };

    expect(all(parse(given))).to.have.length(1);
  });

  it('knows its options', () => {
    throws(() => parse({ entry: [] }, { colapse: true }), {
      code: 'INVALID_OPTIONS',
    });
    expect(all(parse({ entry: [] }, null))).to.be.empty;
  });
});

describe('parse, of what is no webhook', () => {
  const refusal = (given: unknown) =>
    throws(() => parse(given), { code: 'NOT_A_WEBHOOK', sent: 'no' });

  for (const [what, given] of [
    ['missing', undefined],
    ['null', null],
    ['empty', ''],
    ['a list', []],
    ['a number', 7],
    ['a function', () => ({ entry: [] })],
    ['text that is not JSON', '{"entry":'],
    ['text that is not JSON', 'Hello'],
    ['a list', '[]'],
    ['an object without a list named entry', {}],
    ['an object without a list named entry', '{"entry":{}}'],
    ['an object without a list named entry', { entry: null }],
    ['an object without a list named entry', { messages: [] }],
    ['an object without a list named entry', { unknown: [] }],
  ] as const)
    it(`says what it is: ${what} (${JSON.stringify(given)})`, () => {
      const { description, fix } = refusal(given);

      expect(description).to.equal(
        `The payload is ${what}, not a webhook from Meta.`,
      );
      expect(fix).to.match(/^Pass the body of the request as Meta sent it/);
    });

  const body = webhook('messages', {});
  for (const [mistake, given, fix] of [
    ['the whole state', { data: body, request: {} }, /pass its data/],
    ['a whole request', { body, headers: {} }, /pass its body/],
    ['what was parsed already', parse(body), /parsed already/],
    ['several webhooks', [body, body], /one by one/],
  ] as const)
    it(`guesses the mistake: ${mistake}`, () => {
      expect(refusal(given).fix).to.match(fix);
    });

  it('quotes nothing of it', () => {
    const { message } = refusal({ from: '254700000001', text: 'Secret' });

    expect(message).to.not.match(/2547|Secret/);
  });
});
