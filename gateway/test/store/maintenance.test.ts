import { expect } from 'chai';
import { createOutbox } from '../../src/forward/outbox';
import { createLogger } from '../../src/core/logger';
import { createMetrics } from '../../src/core/metrics';
import { startMaintenance } from '../../src/store/maintenance';
import { arrival } from '../support/arrivals';
import { textWebhook } from '../support/payloads';
import { describeStores } from '../support/stores';

describeStores('startMaintenance', store => {
  it('deletes what is old as soon as the gateway starts, and tidies up', async () => {
    const { database, write } = store();
    await write([arrival(textWebhook('old'))]);
    await database.query(
      `UPDATE whatsapp_gateway.events SET received_at = now() - interval '8 days'`,
    );
    let lines = '';
    const log = createLogger('info', { write: line => (lines += line) });
    const metrics = createMetrics();

    const stop = startMaintenance({
      ...{ database, log, metrics },
      retentionDays: 7,
    });
    await stop();

    expect(
      await database.query('SELECT * FROM whatsapp_gateway.events'),
    ).to.deep.equal([]);
    expect(lines).to.include('"eventRows":1').and.not.include('failed');
    expect(await metrics.registry.metrics()).to.match(
      /deleted_total\{table="events"\} 1/,
    );
  });

  it('has what was tried before the clock was set back tried again at once', async () => {
    const { database, write } = store();
    await write([arrival(textWebhook('retried'))]);
    await database.query(
      `UPDATE whatsapp_gateway.forwards SET tries = 1,
         last_attempt_at = now() + interval '1 hour', due_at = now() + interval '61 minutes'`,
    );
    const log = createLogger('silent');
    const metrics = createMetrics();

    const stop = startMaintenance({ database, log, metrics, retentionDays: 7 });
    await stop();

    const outbox = createOutbox(database, {
      route: 'default',
      lease: 10_000,
    });
    expect(await outbox.claim(10)).to.have.length(1);
  });
});
