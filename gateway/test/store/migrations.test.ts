import { expect } from 'chai';
import { createQueue } from '../../src/forward/queue';
import { createLogger } from '../../src/logger';
import { exclusively } from '../../src/store/exclusive';
import { migrate } from '../../src/store/migrations';
import { openPostgres } from '../../src/store/postgres';
import { newPostgresUrl } from '../support/postgres';
import { describeStores } from '../support/stores';

describeStores('migrate', store => {
  it('changes nothing the second time', async () => {
    await migrate(store().database);

    const steps = await store().database.query(
      'SELECT step FROM whatsapp_gateway.migrations',
    );
    expect(steps).to.deep.equal([{ step: 1 }, { step: 2 }, { step: 3 }]);
  });
});

describe('exclusively', () => {
  it('lets gateways that start at the same time make the tables one by one', async function () {
    const url = await newPostgresUrl(this);
    const log = createLogger('silent');
    const gateways = Array.from({ length: 4 }, () => {
      const database = openPostgres(url, log);
      return { database, queue: createQueue(database, 60, log) };
    });

    await Promise.all(
      gateways.map(({ database, queue }) =>
        exclusively(database, async () => {
          await migrate(database);
          await queue.start();
        }),
      ),
    );

    const steps = await gateways[0]?.database.query(
      'SELECT step FROM whatsapp_gateway.migrations',
    );
    expect(steps).to.deep.equal([{ step: 1 }, { step: 2 }, { step: 3 }]);
    for (const { database, queue } of gateways) {
      await queue.stop();
      await database.close();
    }
  });
});
