import { expect } from 'chai';
import { readOverview } from '../../src/console/overview';
import { keepStatistics } from '../../src/console/statistics';
import { createLogger } from '../../src/logger';
import { createMetrics } from '../../src/metrics';
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
    const overview = await readOverview(reader, statistics, 'hour', undefined);
    await statistics.stop();

    expect(overview).to.include({
      ...{ waiting: 2, setAside: 1, dead: 1, discarded: 1, quarantine: 0 },
    });
    expect(overview).to.not.have.property('problem');
  });
});
