import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { parse } from '../../../src/events/parse';
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
    const [only] = composed(PAYLOAD, { forward: MESSAGES });

    const { messages } = PAYLOAD.entry[0]?.changes[0]?.value as {
      messages?: unknown;
    };
    expect(JSON.parse(only?.body ?? '')).to.deep.equal(webhook({ messages }));
    expect(only?.counts).to.deep.equal({ messages: 2 });
  });

  it('sends nothing when nothing is asked for', () => {
    const statuses = webhook({ statuses: [status('w', 'sent')] });

    expect(composed(statuses, { forward: MESSAGES })).to.deep.equal([]);
    expect(composed(webhook({}), {})).to.have.length(1);
    expect(
      composed({ object: 'whatsapp_business_account', entry: [] }),
    ).to.deep.equal([]);
  });

  it('sends nothing of what was stored before', () => {
    expect(arrival(PAYLOAD).compose(new Set())).to.deep.equal([]);
  });

  it('sends one event per request when asked to, in the order they came', () => {
    const bodies = composed(PAYLOAD, { forwardEach: true }).map(
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

      const bodies = composed(raw, { forwardEach: true });

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

    const [only] = composed(raw, { forward: MESSAGES, forwardRaw: true });

    expect(JSON.parse(only?.body ?? '')).to.deep.include({
      raw,
      signature: sign(raw),
      object: 'whatsapp_business_account',
    });
  });

  it('sends a large webhook in one piece, when the whole text would stand beside each event', () => {
    const text = 'x'.repeat(2000);
    const messages = Array.from({ length: 1000 }, () => message(text));

    const choice = { forwardEach: true, forwardRaw: true };
    const bodies = composed(webhook({ messages }), choice);

    expect(bodies.map(({ counts }) => counts)).to.deep.equal([
      { messages: 1000 },
    ]);
  });

  it('cuts out what it does not know', () => {
    const unknown = { novelties: [{ id: 1 }] };
    const payload = webhook({ messages: [message('Hi')], ...unknown });

    const [only] = composed(payload, { forward: new Set(['unknown']) });

    expect(JSON.parse(only?.body ?? '')).to.deep.equal(webhook(unknown));
  });

  it('sends the whole when a part cannot be cut out', () => {
    const payload = webhook({ messages: ['a text', message('Hi')] });

    const [only] = composed(payload, { forward: new Set(['unknown']) });

    expect(JSON.parse(only?.body ?? '')).to.deep.equal(payload);
  });
});
