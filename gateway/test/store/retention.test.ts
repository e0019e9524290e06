import { expect } from 'chai';
import { quarantine } from '../../src/store/quarantine';
import { deleteOld } from '../../src/store/retention';
import { arrival } from '../support/arrivals';
import { textWebhook } from '../support/payloads';
import { describeStores } from '../support/stores';
import type { Store } from '../support/stores';

describeStores('deleteOld', store => {
  const age = ({ database }: Store, days: number) =>
    Promise.all(
      ['events', 'forwards', 'quarantine'].map(table =>
        database.query(
          `UPDATE whatsapp_gateway.${table} SET received_at = received_at - $1 * interval '1 day'`,
          [days],
        ),
      ),
    );

  const rows = ({ database }: Store, table: string) =>
    database.query(`SELECT * FROM ${table}`);

  it('deletes what is too old, delivered or not, with its links, and nothing else', async () => {
    await store().write([arrival(textWebhook('old'))]);
    await quarantine(store().database, 'NOT_JSON', Buffer.from('old'));
    await age(store(), 91);
    await store().write([arrival(textWebhook('new'))]);
    await quarantine(store().database, 'NOT_JSON', Buffer.from('new'));

    const deleted = await deleteOld(store().database, 90);

    expect(deleted).to.deep.equal({ events: 1, forwards: 1, quarantine: 1 });
    for (const table of [
      'whatsapp_gateway.events',
      'whatsapp_gateway.forwards',
      'whatsapp_gateway.event_forwards',
      'whatsapp_gateway.quarantine',
    ]) {
      expect(await rows(store(), table), table).to.have.length(1);
    }
  });

  it('deletes thousands, a chunk at a time', async () => {
    const arrivals = Array.from({ length: 2100 }, (_, i) =>
      arrival(textWebhook(`${i}`), { kinds: new Set() }),
    );
    await store().write(arrivals);
    await age(store(), 91);

    const { events } = await deleteOld(store().database, 90);

    expect(events).to.equal(2100);
    expect(await rows(store(), 'whatsapp_gateway.events')).to.have.length(0);
  });

  it('leaves nothing personal outside the two tables', async () => {
    const canary = 'canary-254700999888';
    await store().write([arrival(textWebhook(canary, { from: canary }))]);
    await age(store(), 91);

    await deleteOld(store().database, 90);

    const tables = await store().database.query<{ name: string }>(
      `SELECT format('%I.%I', table_schema, table_name) AS name
       FROM information_schema.tables
       WHERE table_schema LIKE 'whatsapp_gateway%' AND table_type = 'BASE TABLE'`,
    );
    expect(tables).to.not.be.empty;
    for (const { name } of tables) {
      const content = await rows(store(), name);
      expect(JSON.stringify(content), name).to.not.include(canary);
    }
  });
});
