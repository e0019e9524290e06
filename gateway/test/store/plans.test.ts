import { expect } from 'chai';
import { arrival } from '../support/arrivals';
import { textWebhook } from '../support/payloads';
import { describeStores } from '../support/stores';

// Stored and deleted one by one, thousands take seconds. Compared with each
// other, they take minutes, and the store gives up.
const MANY = 4000;

describeStores('plans that were made while there were few events', store => {
  const save = (count: number) =>
    store().write(
      Array.from({ length: count }, (_, i) => arrival(textWebhook(`${i}`))),
    );
  const remove = () =>
    store().database.query('DELETE FROM whatsapp_gateway.events');
  const analyze = async () => {
    for (const table of ['events', 'messages', 'people', 'conversations']) {
      await store().database.query(`ANALYZE whatsapp_gateway.${table}`);
    }
  };
  const count = async () => {
    const rows = await store().database.query<{ count: string }>(
      'SELECT count(*) FROM whatsapp_gateway.messages',
    );
    return Number(rows[0]?.count);
  };

  it('do for thousands', async () => {
    for (let i = 0; i < 3; i++) {
      await save(1);
      await analyze();
      await remove();
    }

    await save(MANY);

    expect(await count()).to.equal(MANY);
    await remove();
    expect(await count()).to.equal(0);
  });
});
