import { expect } from 'chai';
import { countRuns } from '../../src/forward/budget';
import { createOutbox } from '../../src/forward/outbox';
import type { Outbox, Claim } from '../../src/forward/outbox';
import { arrival } from '../support/arrivals';
import { textWebhook } from '../support/payloads';
import { describeStores } from '../support/stores';

describeStores('the budget of a route', store => {
  const open = (budget: number | null): Outbox => {
    const options = { route: 'default', lease: 60_000 };
    const outbox = createOutbox(store().database, options);
    return {
      ...outbox,
      claim: count => outbox.claim(count, budget),
      claimProbe: () => outbox.claimProbe(budget),
    };
  };

  const save = (count: number) =>
    store().write(
      Array.from({ length: count }, (_, i) => arrival(textWebhook(`${i}`))),
    );

  const runs = async () => (await countRuns(store().database)).get('default');

  const record = (outbox: Outbox, claims: Claim[], code: string | null) =>
    outbox.record(
      claims.map(({ id, lease }) => ({
        ...{ id, lease, tries: 0, delay: 0, duration_ms: 1, code },
        state: code === null ? 'delivered' : 'waiting',
        ...{ status: null, content_type: null, work_order_id: null },
      })),
    );

  const age = (minutes: number) =>
    store().database.query(
      `UPDATE whatsapp_gateway.route_runs
       SET minute = minute - $1 * interval '1 minute'`,
      [minutes],
    );

  it('is never exceeded, also by several gateways that take at once', async () => {
    await save(60);

    const taken = await Promise.all([1, 2, 3, 4].map(() => open(10).claim(20)));

    expect(taken.flat()).to.have.length(10);
    expect(await open(10).claim(20)).to.have.length(0);
    expect(await open(10).claimProbe()).to.have.length(0);
  });

  it('is free again an hour later', async () => {
    await save(10);
    await open(4).claim(10);

    await age(59);
    expect(await open(4).claim(10)).to.have.length(0);
    await age(2);

    expect(await open(4).claim(10)).to.have.length(4);
  });

  it('counts what was sent before there was one', async () => {
    await save(10);
    const outbox = open(null);
    await record(outbox, await outbox.claim(6), null);

    expect(await open(8).claim(10)).to.have.length(2);
  });

  it('is given back for what was put back, or has started no run', async () => {
    await save(10);
    const outbox = open(10);
    const taken = await outbox.claim(10);

    await outbox.release(taken.slice(0, 2));
    expect(await runs()).to.equal(8);
    await record(outbox, taken.slice(2, 5), 'HTTP_500');
    expect(await runs()).to.equal(5);
    await record(outbox, taken.slice(5, 7), 'TIMEOUT');
    await record(outbox, taken.slice(7), null);

    expect(await runs()).to.equal(5);
  });

  it('is a count of each route', async () => {
    await save(5);

    const other = createOutbox(store().database, {
      ...{ route: 'other', lease: 60_000, budget: () => 1 },
    });
    await open(null).claim(5);

    expect(await other.claim(5)).to.have.length(0);
    expect(await runs()).to.equal(5);
    expect((await countRuns(store().database)).get('other')).to.equal(
      undefined,
    );
  });
});
