import { expect } from 'chai';
import { createLogger } from '../../src/logger';
import { createMetrics } from '../../src/metrics';
import { startUpkeep } from '../../src/store/upkeep';
import { arrival } from '../support/arrivals';
import { textWebhook } from '../support/payloads';
import { describeStores } from '../support/stores';

describeStores('startUpkeep', store => {
  it('deletes what is old as soon as the gateway starts, and tidies up', async () => {
    const { database, queue, write } = store();
    await write([arrival(textWebhook('old'))]);
    await database.query(
      `UPDATE whatsapp_gateway.events SET received_at = now() - interval '8 days'`,
    );
    let lines = '';
    const log = createLogger('info', { write: line => (lines += line) });
    const metrics = createMetrics();

    const stop = startUpkeep({
      ...{ database, queue, log, metrics },
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
});
