import { expect } from 'chai';
import type { EventFilter } from '../../src/console/api';
import { readFilter, readPlace } from '../../src/console/filter';
import { listEvents } from '../../src/console/list-events';
import { readEvent } from '../../src/console/read-event';
import { arrival } from '../support/arrivals';
import {
  PHONE_NUMBER_ID,
  message,
  newId,
  status,
  webhook,
} from '../support/payloads';
import { describeStores } from '../support/stores';

describeStores('the events of the console', store => {
  const query = (text: string, values?: unknown[]) =>
    store().database.query<Record<string, string>>(text, values);

  const send = (text: string, more: Record<string, unknown> = {}) =>
    store().write([
      arrival(webhook({ messages: [message(text, more)] }), {
        kinds: new Set(['messages']),
      }),
    ]);

  const setState = (text: string, state: string, tries = 0) =>
    query(
      `UPDATE whatsapp_gateway.forwards SET state = $2, tries = $3
       WHERE body LIKE '%' || $1 || '%'`,
      [text, state, tries],
    );

  /** All that a filter finds, and in how many parts. */
  async function find(given: object) {
    const filter = readFilter(given);
    const found: string[] = [];
    let after: string | undefined;
    let parts = 0;
    do {
      const page = await listEvents(
        store().database.reader,
        filter,
        readPlace({ after }),
      );
      found.push(...page.data.map(({ id }) => id));
      ({ after } = page);
      parts++;
    } while (after !== undefined);
    return { found, parts };
  }

  const texts = async (filter: EventFilter) => {
    const { found } = await find(filter);
    const rows = await query(
      `SELECT id, item::json ->> 'text' AS text FROM whatsapp_gateway.events`,
    );
    return found.map(id => rows.find(row => row['id'] === id)?.['text']);
  };

  it('are listed the latest first, without words and whole numbers', async () => {
    await send('first', { from: '254700000017' });
    const sent = status(newId(), 'delivered');
    await store().write([
      arrival(webhook({ statuses: [sent] }), { kinds: new Set(['messages']) }),
    ]);

    const { data } = await listEvents(store().database.reader, {}, undefined);

    expect(data).to.have.length(2);
    expect(data[0]).to.deep.include({
      ...{ kind: 'statuses', detail: 'delivered', direction: 'out' },
      ...{ person: '254***01', states: [] },
    });
    expect(data[1]).to.deep.include({
      ...{ kind: 'messages', detail: 'text', direction: 'in' },
      ...{ person: '254***17', phoneNumberId: PHONE_NUMBER_ID },
      states: ['waiting'],
    });
    expect(JSON.stringify(data)).to.not.match(/first|2547/);
  });

  it('take no type from what a person wrote', async () => {
    const { data } = await (async () => {
      await send('x', {
        type: '254700000001 said "type":"canary"',
        text: { body: '"type":"canary"' },
      });
      return listEvents(store().database.reader, {}, undefined);
    })();

    expect(JSON.stringify(data)).to.not.include('canary');
  });

  it('are found by the number of a person in any spelling, and by kind', async () => {
    await send('of one', { from: '254700000017' });
    await send('of another', { from: '254700000018' });

    expect(await texts({ contact: '+254 700 000 017' })).to.deep.equal([
      'of one',
    ]);
    expect(await texts({ contact: '254700000019' })).to.deep.equal([]);
    expect(await texts({ kind: 'messages' })).to.have.length(2);
    expect(await texts({ kind: 'calls' })).to.deep.equal([]);
    expect(await texts({ phoneNumberId: PHONE_NUMBER_ID })).to.have.length(2);
    expect(await texts({ phoneNumberId: '1' })).to.deep.equal([]);
  });

  it('are found by what became of their forwards', async () => {
    for (const word of ['alpha', 'beta', 'gamma', 'delta', 'omega']) {
      await send(word);
    }
    await setState('beta', 'waiting', 2);
    await setState('gamma', 'delivered');
    await setState('delta', 'dead');
    await setState('omega', 'discarded');
    await store().write([
      arrival(webhook({ messages: [message('alone')] }), { kinds: new Set() }),
    ]);

    const found = async (state: EventFilter['state']) => texts({ state });
    expect(await found('waiting')).to.deep.equal(['beta', 'alpha']);
    expect(await found('setAside')).to.deep.equal(['beta']);
    expect(await found('delivered')).to.deep.equal(['gamma']);
    expect(await found('dead')).to.deep.equal(['delta']);
    expect(await found('discarded')).to.deep.equal(['omega']);
    expect(await found('none')).to.deep.equal(['alone']);
    expect(await texts({ state: 'dead', kind: 'calls' })).to.deep.equal([]);
  });

  it('are found by when they came', async () => {
    await send('early');
    await query(
      `UPDATE whatsapp_gateway.events SET received_at = '2026-11-20T08:00:00Z'`,
    );
    await send('late');

    const noon = '2026-11-20T12:00:00Z';
    expect(await texts({ to: noon })).to.deep.equal(['early']);
    expect(await texts({ from: noon })).to.deep.equal(['late']);
    expect(await texts({ from: noon, to: noon })).to.deep.equal([]);
  });

  it('come in parts, each once, however rare they are and how many came at once', async () => {
    await query(`INSERT INTO whatsapp_gateway.events
      (id, key, kind, happened_at, received_at, item)
      SELECT gen_random_uuid(), 'k' || i, CASE i % 4000 WHEN 0 THEN 'calls' ELSE 'messages' END,
        now(), timestamptz '2026-11-20T08:00:00Z' + (i / 700) * interval '1 second', '{}'
      FROM generate_series(1, 12000) AS i`);

    const calls = await find({ kind: 'calls' });
    const to = '2026-11-20T08:00:02Z';
    const all = await find({ to });

    expect(calls.found).to.have.length(3);
    expect(calls.parts).to.equal(3);
    expect(new Set(all.found).size).to.equal(1399);
    expect(all.found).to.have.length(1399);
  });

  for (const state of ['dead', 'discarded'] as const) {
    it(`come in parts also when many are ${state}, and came at the same time`, async () => {
      await query(`INSERT INTO whatsapp_gateway.events
        (id, key, kind, happened_at, received_at, item)
        SELECT gen_random_uuid(), 'k' || i, 'messages', now(),
          timestamptz '2026-11-20T08:00:00Z' + (i / 800) * interval '1 second', '{}'
        FROM generate_series(1, 4000) AS i`);
      await query(
        `WITH chosen AS (
          SELECT id AS event_id, gen_random_uuid() AS forward_id, received_at,
            row_number() OVER (ORDER BY id) % 2 = 0 AS is_chosen
          FROM whatsapp_gateway.events),
        links AS (
          INSERT INTO whatsapp_gateway.event_forwards SELECT event_id, forward_id FROM chosen)
        INSERT INTO whatsapp_gateway.forwards (id, counts, body, received_at, state)
        SELECT forward_id, '{}', '{}', received_at,
          CASE WHEN is_chosen THEN $1::text ELSE 'delivered' END FROM chosen`,
        [state],
      );

      const { found, parts } = await find({ state });

      expect(found).to.have.length(2000);
      expect(new Set(found).size).to.equal(2000);
      expect(parts).to.be.above(2);
    });
  }

  it('are shown with all that is known of them', async () => {
    await send('the words', { from: '254700000017', id: 'wamid.shown' });
    const [row] = await query(`SELECT id FROM whatsapp_gateway.events`);
    await query(
      `INSERT INTO whatsapp_gateway.attempts
         (forward_id, number, duration_ms, code, status, content_type, work_order_id)
       SELECT id, 1, 12, 'HTTP_404', 404, 'text/html', NULL FROM whatsapp_gateway.forwards
       UNION ALL SELECT id, 2, 8, NULL, 200, 'application/json', 'b7a1' FROM whatsapp_gateway.forwards`,
    );

    const id = `${row?.['id']}`;
    const event = await readEvent(store().database.reader, id);

    expect(event).to.include({
      ...{ id, kind: 'messages', contact: '254700000017', isCut: false },
      messageId: 'wamid.shown',
    });
    expect(event?.item).to.include('the words');
    const [forward] = event?.forwards ?? [];
    expect(forward).to.include({ route: 'default', state: 'waiting' });
    expect(forward?.listed[0]).to.deep.include({
      ...{ number: 2, durationMs: 8, statusCode: 200, workOrderId: 'b7a1' },
    });
    expect(forward?.listed[1]).to.deep.include({ number: 1, code: 'HTTP_404' });
    expect(forward?.listed[1]?.advice).to.include('OPENFN_WEBHOOK_URL');
    expect(Date.parse(forward?.listed[0]?.at ?? '')).to.be.above(0);
    const other = '01a1f971-0000-7000-8000-000000000000';
    expect(await readEvent(store().database.reader, other)).to.equal(undefined);
  });
});
