import { expect } from 'chai';
import { createBacklogReader } from '../../src/forward/backlog';
import { readOverview } from '../../src/console/overview';
import { keepStatistics } from '../../src/console/statistics';
import { createLogger } from '../../src/core/logger';
import { createMetrics } from '../../src/core/metrics';
import { arrival } from '../support/arrivals';
import { message, webhook } from '../support/payloads';
import { describeStores } from '../support/stores';

describeStores('the statistics of the console', store => {
  beforeEach(() =>
    store().database.query('DELETE FROM whatsapp_gateway.statistics'),
  );

  async function gateway() {
    const { database } = store();
    const metrics = createMetrics();
    const parts = { database, metrics, log: createLogger('silent') };
    return { metrics, statistics: await keepStatistics(parts) };
  }

  it('are there at once, and after a restart', async () => {
    const { metrics, statistics } = await gateway();
    metrics.events.inc({ kind: 'messages' }, 3);
    metrics.forwards.inc({ result: 'delivered' }, 2);
    metrics.forwards.inc({ result: 'HTTP_404' });
    metrics.webhookSeconds.observe(0.003);
    const { reader } = store().database;

    const before = await statistics.read(reader, 'day');
    await statistics.stop();
    const next = await gateway();
    next.metrics.events.inc({ kind: 'messages' });
    const after = await next.statistics.read(reader, 'day');
    await next.statistics.stop();

    const counts = { delivered: 2, failed: 1 };
    expect(before).to.deep.include({ ...counts, events: { messages: 3 } });
    expect(after).to.deep.include({ ...counts, events: { messages: 4 } });
    const [measured] = after.intervals.filter(one => one.webhookP50);
    expect(measured?.webhookP50).to.be.within(0.002, 0.005);
  });

  it('keep an hour in one row when it is over for a day', async () => {
    const { database } = store();
    await database.query(`
      INSERT INTO whatsapp_gateway.statistics (at, gateway, counts)
      SELECT now() - i * interval '1 minute', gen_random_uuid(),
        '{"events":{"messages":4},"forwards":{"delivered":3,"HTTP_500":1},"webhook":[1,2],"forward":[]}'
      FROM generate_series(0, 7 * 24 * 60 - 1) AS i`);
    const { metrics, statistics } = await gateway();
    const before = await statistics.read(database.reader, 'week');

    metrics.events.inc({ kind: 'messages' });
    await statistics.stop();
    const rows = await database.query(
      'SELECT FROM whatsapp_gateway.statistics',
    );
    const after = await statistics.read(database.reader, 'week');

    // A minute each for 25 to 26 hours, an hour each for the other six days.
    expect(rows.length).to.be.within(25 * 60 + 142, 26 * 60 + 145);
    const { delivered, failed, events } = before;
    expect({ delivered, failed }).to.deep.equal({
      delivered: after.delivered,
      failed: after.failed,
    });
    expect(after.events).to.deep.equal({
      messages: Number(events['messages']) + 1,
    });
    const counts = (summary: typeof before) =>
      summary.intervals.map(({ delivered, webhookP50 }) => [
        delivered,
        webhookP50,
      ]);
    expect(counts(after)).to.deep.equal(counts(before));
  });

  it('write nothing when nothing happened', async () => {
    await (await gateway()).statistics.stop();

    const rows = await store().database.query(
      'SELECT FROM whatsapp_gateway.statistics',
    );
    expect(rows).to.have.length(0);
  });

  it('stand beside what waits, is set aside, dead or discarded', async () => {
    for (const [i, state] of [
      ...['waiting', 'waiting', 'dead', 'discarded', 'delivered'],
    ].entries()) {
      await store().write([arrival(webhook({ messages: [message(`m${i}`)] }))]);
      await store().database.query(
        `UPDATE whatsapp_gateway.forwards SET state = $1, tries = $2
         WHERE seq = (SELECT max(seq) FROM whatsapp_gateway.forwards)`,
        [state, i],
      );
    }
    const { statistics } = await gateway();

    const { reader } = store().database;
    const backlog = createBacklogReader(store().database);
    const overview = await readOverview(
      reader,
      { statistics, backlog },
      'hour',
      undefined,
    );
    await statistics.stop();

    expect(overview).to.include({
      ...{ waiting: 2, setAside: 1, dead: 1, discarded: 1, quarantine: 0 },
    });
    expect(overview).to.not.have.property('problem');
  });
});
