import { expect } from 'chai';
import { runAction } from '../../src/console/run-action';
import { readAction } from '../../src/console/filter';
import { arrival } from '../support/arrivals';
import { message, webhook } from '../support/payloads';
import { describeStores } from '../support/stores';

describeStores('an action of the console', store => {
  const query = (text: string, values?: unknown[]) =>
    store().database.query<Record<string, any>>(text, values);

  /** Forwards with these states, each with one event; the first is the oldest. */
  async function addForwards(...states: string[]): Promise<string[]> {
    const ids: string[] = [];
    for (const [i, state] of states.entries()) {
      await store().write([
        arrival(webhook({ messages: [message(`number ${i}`)] })),
      ]);
      const [row] = await query(
        `SELECT id FROM whatsapp_gateway.events ORDER BY id DESC LIMIT 1`,
      );
      ids.push(row?.['id']);
      await query(
        `UPDATE whatsapp_gateway.forwards f SET state = $2, tries = 3, attempts = 3,
           last_attempt_at = now() - interval '1 minute',
           received_at = now() - interval '1 hour' + $3 * interval '1 second',
           delivered_at = CASE $2 WHEN 'delivered' THEN now() END,
           died_at = CASE $2 WHEN 'dead' THEN now() END
         FROM whatsapp_gateway.event_forwards link
         WHERE link.event_id = $1 AND f.id = link.forward_id`,
        [row?.['id'], state, i],
      );
      await query(
        `UPDATE whatsapp_gateway.events SET received_at = f.received_at
         FROM whatsapp_gateway.event_forwards link
         JOIN whatsapp_gateway.forwards f ON f.id = link.forward_id
         WHERE events.id = $1 AND link.event_id = $1`,
        [row?.['id']],
      );
    }
    return ids;
  }

  const states = async () =>
    (
      await query(
        'SELECT state FROM whatsapp_gateway.forwards ORDER BY received_at',
      )
    ).map(({ state }) => state as string);

  /** As the console does: counts first, then asks for step after step. */
  async function run(request: object) {
    const ask = (more: object) =>
      runAction(store().database, readAction({ ...request, ...more }));
    const { count: counted, startedAt } = await ask({ dryRun: true });
    let [count, busy, after] = [0, 0, undefined as string | undefined];
    do {
      const answer = await ask({ startedAt, after, dryRun: false });
      count += answer.count;
      busy += answer.busy;
      ({ after } = answer);
    } while (after !== undefined);
    return { counted, count, busy, startedAt };
  }

  it('replays what was delivered, is dead or was discarded', async () => {
    await addForwards('delivered', 'dead', 'discarded', 'waiting');

    const { counted, count } = await run({ action: 'replay', filter: {} });

    expect([counted, count]).to.deep.equal([3, 3]);
    expect(new Set(await states())).to.deep.equal(new Set(['waiting']));
    const rows = await query(
      `SELECT tries, died_at, delivered_at FROM whatsapp_gateway.forwards ORDER BY received_at`,
    );
    expect(rows[0]).to.deep.equal({
      ...{ tries: 0, died_at: null, delivered_at: null },
    });
    expect(rows[3]?.['tries']).to.equal(3);
  });

  it('discards what waits or is dead, and keeps it', async () => {
    await addForwards('delivered', 'dead', 'waiting');

    const { counted, count } = await run({ action: 'discard', filter: {} });

    expect([counted, count]).to.deep.equal([2, 2]);
    expect(await states()).to.deep.equal([
      ...['delivered', 'discarded', 'discarded'],
    ]);
  });

  it('is about the chosen events only', async () => {
    const [, second = ''] = await addForwards('dead', 'dead', 'dead');

    const { count } = await run({ action: 'replay', ids: [second] });

    expect(count).to.equal(1);
    expect(await states()).to.deep.equal(['dead', 'waiting', 'dead']);
  });

  it('is about the forwards of the state in the filter only', async () => {
    const [first] = await addForwards('dead', 'delivered');
    // The first event was also delivered elsewhere.
    await query(`UPDATE whatsapp_gateway.event_forwards SET event_id = $1`, [
      first,
    ]);

    const filter = { state: 'dead' };
    const { count } = await run({ action: 'replay', filter });

    expect(count).to.equal(1);
    expect(await states()).to.deep.equal(['waiting', 'delivered']);
    const nothing = await run({
      action: 'discard',
      filter: { state: 'delivered' },
    });
    expect(nothing.count).to.equal(0);
  });

  it('discards nothing that is on the way just now', async () => {
    await addForwards('waiting', 'waiting');
    await query(
      `UPDATE whatsapp_gateway.forwards SET leased_by = id,
         leased_until = now() + interval '10 seconds'
       WHERE id = (SELECT id FROM whatsapp_gateway.forwards ORDER BY received_at LIMIT 1)`,
    );

    const { counted, count, busy } = await run({
      ...{ action: 'discard', filter: {} },
    });

    expect([counted, count, busy]).to.deep.equal([1, 1, 1]);
    expect(await states()).to.deep.equal(['waiting', 'discarded']);
  });

  it('sends nothing twice when a step is asked for again', async () => {
    await addForwards('dead');
    const { startedAt } = await run({ action: 'replay', filter: {} });
    await query(
      `UPDATE whatsapp_gateway.forwards
       SET state = 'delivered', last_attempt_at = clock_timestamp()`,
    );

    const again = await runAction(
      store().database,
      readAction({ action: 'replay', filter: {}, startedAt, dryRun: false }),
    );

    expect(again.count).to.equal(0);
    const later = await run({ action: 'replay', filter: {} });
    expect(later.count).to.equal(1);
  });

  it('leaves alone what came after it was counted', async () => {
    await addForwards('waiting');
    const request = { action: 'discard', filter: {} };
    const { startedAt } = await runAction(
      store().database,
      readAction({ ...request, dryRun: true }),
    );
    await store().write([arrival(webhook({ messages: [message('new')] }))]);

    await runAction(
      store().database,
      readAction({ ...request, startedAt, dryRun: false }),
    );

    expect(await states()).to.deep.equal(['discarded', 'waiting']);
  });

  it('goes through all events in steps, the oldest first', async () => {
    await query(`WITH event AS (
        INSERT INTO whatsapp_gateway.events (id, key, kind, happened_at, received_at, item)
        SELECT gen_random_uuid(), 'k' || i, 'messages', now(),
          now() - interval '1 day' + (i / 3) * interval '1 second', '{}'
        FROM generate_series(1, 1300) AS i RETURNING id, received_at),
      forward AS (SELECT id AS event_id, gen_random_uuid() AS id, received_at FROM event),
      links AS (
        INSERT INTO whatsapp_gateway.event_forwards SELECT event_id, id FROM forward)
      INSERT INTO whatsapp_gateway.forwards (id, counts, body, received_at, state)
      SELECT id, '{}', '{}', received_at, 'dead' FROM forward`);
    const request = { action: 'replay', filter: { state: 'dead' } };
    const { startedAt } = await runAction(
      store().database,
      readAction({ ...request, dryRun: true }),
    );

    const first = await runAction(
      store().database,
      readAction({ ...request, startedAt, dryRun: false }),
    );

    const [border] = await query(`SELECT
      max(received_at) FILTER (WHERE state = 'waiting') <= min(received_at) FILTER (WHERE state = 'dead') AS ok
      FROM whatsapp_gateway.forwards`);
    expect(border).to.deep.equal({ ok: true });
    const rest = await run(request);
    expect(first.count + rest.count).to.equal(1300);
  });
});
