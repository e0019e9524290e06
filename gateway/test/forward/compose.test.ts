import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { parse } from '../../../src/webhook';
import { arrival } from '../support/arrivals';
import { message, sign, status, webhook } from '../support/payloads';

const FIXTURES = fileURLToPath(
  new URL('../../../test/fixtures/webhooks/', import.meta.url),
);

const PAYLOAD = webhook({
  messages: [message('one'), message('two')],
  statuses: [status('w', 'sent')],
});

const MESSAGES = new Set(['messages'] as const);

function composed(payload: object | string, choice = {}) {
  const { events, compose } = arrival(payload, choice);
  return compose(new Set(events.map(({ id }) => id)));
}

describe('compose', () => {
  it('sends the body as Meta sent it, to the byte', () => {
    const raw = JSON.stringify(PAYLOAD, null, 2).replace('one', '\\u006fne');

    const [only, ...others] = composed(raw);

    expect(only?.body).to.equal(raw);
    expect(only?.counts).to.deep.equal({ messages: 2, statuses: 1 });
    expect(others).to.deep.equal([]);
  });

  it('leaves out the kinds that are not asked for', () => {
    const [only] = composed(PAYLOAD, { kinds: MESSAGES });

    const { messages } = PAYLOAD.entry[0]?.changes[0]?.value as {
      messages?: unknown;
    };
    expect(JSON.parse(only?.body ?? '')).to.deep.equal(webhook({ messages }));
    expect(only?.counts).to.deep.equal({ messages: 2 });
  });

  it('sends nothing when nothing is asked for', () => {
    const statuses = webhook({ statuses: [status('w', 'sent')] });

    expect(composed(statuses, { kinds: MESSAGES })).to.deep.equal([]);
    expect(composed(webhook({}), {})).to.have.length(1);
    expect(
      composed({ object: 'whatsapp_business_account', entry: [] }),
    ).to.deep.equal([]);
  });

  it('sends nothing of what was stored before', () => {
    expect(arrival(PAYLOAD).compose(new Set())).to.deep.equal([]);
  });

  it('sends one event per request when asked to, in the order they came', () => {
    const bodies = composed(PAYLOAD, { isEach: true }).map(
      ({ body }) => JSON.parse(body) as typeof PAYLOAD,
    );

    const values = bodies.map(({ entry }) => entry[0]?.changes[0]?.value);
    expect(values.map(value => Object.keys(value ?? {}).at(-1))).to.deep.equal([
      'messages',
      'messages',
      'statuses',
    ]);
  });

  it("sends each event of Meta's examples so that it parses as before", () => {
    for (const file of readdirSync(FIXTURES)) {
      const raw = readFileSync(FIXTURES + file, 'utf8');
      const events = Object.values(parse(raw)).flat();

      const bodies = composed(raw, { isEach: true });

      const found = bodies.map(({ body }) => Object.values(parse(body)).flat());
      events.forEach((event, i) => {
        // What is damaged may not be cut out, and then goes whole.
        if (file === 'damaged.json') expect(found[i]).to.not.be.empty;
        else expect(found[i], file).to.deep.equal([event]);
      });
    }
  });

  it('sends the whole text and signature along when asked to, also with a part', () => {
    const raw = JSON.stringify(PAYLOAD);

    const [only] = composed(raw, { kinds: MESSAGES, isRaw: true });

    expect(JSON.parse(only?.body ?? '')).to.deep.include({
      raw,
      signature: sign(raw),
      object: 'whatsapp_business_account',
    });
  });

  it('sends each of thousands of events with its own contact and nothing of others', () => {
    const numbers = Array.from(
      { length: 3000 },
      (_, i) => `25470000${1000 + i}`,
    );
    const messages = numbers.map(from => message(`from ${from}`, { from }));
    const contacts = numbers
      .map(wa_id => ({ wa_id, profile: { name: `name ${wa_id}` } }))
      .reverse();

    const bodies = composed(webhook({ contacts, messages }), { isEach: true });

    expect(bodies).to.have.length(3000);
    bodies.forEach(({ body }, i) => {
      expect(new Set(body.match(/25470000\d{4}/g))).to.have.keys([numbers[i]!]);
      expect(body).to.include(`name ${numbers[i]}`);
    });
    // Linear: with all contacts it would be 3,000 times as much.
    const sizes = bodies.map(({ body }) => body.length);
    expect(Math.max(...sizes)).to.be.below(1000);
  });

  it('finds the contact of a number that is spelled in two ways', () => {
    const messages = [
      message('one', { from: '5491123456789' }),
      message('two', { from: '254700000002' }),
    ];
    const contacts = [
      { wa_id: '541123456789', profile: { name: 'Ana' } },
      { wa_id: '254700000002', profile: { name: 'Ben' } },
    ];

    const bodies = composed(webhook({ contacts, messages }), { isEach: true });

    const names = bodies.map(({ body }) => parse(body).messages[0]?.name);
    expect(names).to.deep.equal(['Ana', 'Ben']);
  });

  it('keeps the events of a person together when order is asked for', () => {
    const from = '254700000002';
    const messages = [message('a1'), message('b1', { from }), message('a2')];

    const bodies = composed(webhook({ messages }), { order: 'person' });

    const texts = bodies.map(({ body }) =>
      parse(body).messages.map(({ text }) => text),
    );
    expect(texts).to.deep.equal([['a1', 'a2'], ['b1']]);
    expect(bodies.map(({ person }) => person)).to.deep.equal([
      '254700000001',
      from,
    ]);
  });

  it('cuts out what it does not know', () => {
    const unknown = { novelties: [{ id: 1 }] };
    const payload = webhook({ messages: [message('Hi')], ...unknown });

    const [only] = composed(payload, { kinds: new Set(['unknown']) });

    expect(JSON.parse(only?.body ?? '')).to.deep.equal(webhook(unknown));
  });

  it('sends the whole when a part cannot be cut out', () => {
    const payload = webhook({ messages: ['a text', message('Hi')] });

    const [only] = composed(payload, { kinds: new Set(['unknown']) });

    expect(JSON.parse(only?.body ?? '')).to.deep.equal(payload);
  });
});
