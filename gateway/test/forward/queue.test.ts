import { expect } from 'chai';
import { createQueue } from '../../src/forward/queue';
import { nextId } from '../../src/ids';
import { createLogger } from '../../src/logger';
import { describeStores } from '../support/stores';
import { until } from '../support/waiting';

describeStores('createQueue', store => {
  const queue = () => store().queue;
  const session = () => store().database;
  const ids = (count: number) => Array.from({ length: count }, () => nextId());

  it('gives the oldest first, in the order they came', async () => {
    const [first, second] = [ids(30), ids(30)];
    await queue().add(session(), first);
    await queue().add(session(), second);

    const taken = [...(await queue().take(40)), ...(await queue().take(40))];

    expect(taken).to.deep.equal([...first, ...second]);
  });

  it('gives nothing twice, also to several that take at once', async () => {
    const all = ids(60);
    await queue().add(session(), all);

    const taken = await Promise.all([1, 2, 3, 4].map(() => queue().take(20)));

    expect(taken.flat().sort()).to.deep.equal(all);
  });

  it('takes back to the old place', async () => {
    const all = ids(3);
    await queue().add(session(), all);
    const [first = ''] = await queue().take(1);

    await queue().putBack(session(), [first]);

    expect(
      await until(async () => {
        const taken = await queue().take(3);
        return taken.length > 0 && taken;
      }, 'taking'),
    ).to.deep.equal(all);
  });

  it('keeps what is put off until it is due, or hastened', async () => {
    const [one = ''] = ids(1);
    await queue().add(session(), [one]);
    await queue().take(1);

    await queue().putBack(session(), [one], 3600);
    const early = await queue().take(1);
    await queue().hasten(session(), [one]);

    expect(early).to.deep.equal([]);
    const due = await until(
      async () => (await queue().take(1))[0],
      'being due',
    );
    expect(due).to.equal(one);
  });

  it('is not done with what was put back very often', async () => {
    const [one = ''] = ids(1);
    await queue().add(session(), [one]);

    for (let times = 0; times < 20; times++) {
      await until(async () => (await queue().take(1))[0], 'taking');
      await queue().putBack(session(), [one]);
    }

    expect(
      await until(async () => (await queue().take(1))[0], 'taking'),
    ).to.equal(one);
  });

  it('adds with the transaction of the caller, or not at all', async () => {
    const adding = session().transaction(async tx => {
      await queue().add(tx, ids(1));
      throw new Error('no');
    });

    await adding.catch(() => undefined);

    expect(await queue().take(1)).to.deep.equal([]);
  });

  it('removes what was taken', async () => {
    const all = ids(2);
    await queue().add(session(), all);
    await queue().take(1);

    await queue().remove(session(), all);

    const rows = await session().query(
      'SELECT * FROM whatsapp_gateway_queue.job',
    );
    expect(rows).to.deep.equal([]);
  });

  it('finds the oldest of many without sorting them all', async () => {
    await queue().add(session(), ids(3000));
    await session().query('ANALYZE');

    const plan = await session().query(
      `EXPLAIN SELECT id FROM whatsapp_gateway_queue.job
       WHERE name = 'forward' AND state < 'active' AND start_after < now()
       ORDER BY created_on, id LIMIT 50 FOR UPDATE SKIP LOCKED`,
    );

    const text = JSON.stringify(plan);
    expect(text).to.include('Index Scan').and.not.include('Sort');
  });
});

describeStores('createQueue with jobs of an earlier run', store => {
  const rows = () =>
    store().database.query<{ lease: number; version: string }>(
      `SELECT extract(epoch FROM expire_in)::int AS lease, xmin::text AS version
       FROM whatsapp_gateway_queue.job`,
    );

  const restart = async (lease: number) => {
    const { database } = store();
    const next = createQueue(database, lease, createLogger('silent'));
    await next.start();
    await next.stop();
    return rows();
  };

  it('writes them anew only when the lease was changed', async () => {
    await store().queue.add(store().database, [nextId()]);
    const [before] = await rows();

    const [same] = await restart(60);
    const [changed] = await restart(61);

    expect(same).to.deep.equal(before);
    expect(changed).to.include({ lease: 61 });
    await restart(60);
  });
});

describeStores('createQueue after a crash', store => {
  it('gives again what a killed gateway had taken', async () => {
    const { database, queue } = store();
    const [one = ''] = [nextId()];
    await queue.add(database, [one]);
    await queue.take(1);
    const lease = 1;
    if (!database.isEmbedded) {
      // A server is shared, so the lease has to end; this one ended long ago.
      await database.query(
        `UPDATE whatsapp_gateway_queue.job SET started_on = now() - interval '1 hour'`,
      );
    }

    const next = createQueue(database, lease, createLogger('silent'));
    await next.start();

    const again = await until(async () => (await next.take(1))[0], 'taking');
    expect(again).to.equal(one);
    await next.stop();
  });
});
