import { expect } from 'chai';
import { createBatcher } from '../../src/core/scheduling';
import { rejects } from '../support/rejects';

describe('createBatcher', () => {
  /** Doubles numbers, and remembers what came together. */
  function doubling(options?: { most?: number; linger?: number }) {
    const batches: number[][] = [];
    const batcher = createBatcher<number, number>(async items => {
      batches.push(items);
      await Promise.resolve();
      return items.map(item => item * 2);
    }, options);
    return { batches, batcher };
  }

  it('writes together what comes at the same time, and answers each', async () => {
    const { batches, batcher } = doubling();

    const results = await Promise.all([1, 2, 3].map(n => batcher.add(n)));

    expect(results).to.deep.equal([2, 4, 6]);
    expect(batches).to.deep.equal([[1, 2, 3]]);
  });

  it('lets in what comes in callbacks of its own, as requests do', async () => {
    const { batches, batcher } = doubling();
    const adding: Promise<number>[] = [];

    await new Promise<void>(resolve => {
      for (const n of [1, 2, 3]) {
        setImmediate(() => {
          adding.push(batcher.add(n));
          if (n === 3) resolve();
        });
      }
    });

    await Promise.all(adding);
    expect(batches).to.deep.equal([[1, 2, 3]]);
  });

  it('writes no more at once than told', async () => {
    const { batches, batcher } = doubling({ most: 2 });

    await Promise.all([1, 2, 3, 4, 5].map(n => batcher.add(n)));

    expect(batches).to.deep.equal([[1, 2], [3, 4], [5]]);
  });

  it('waits for more when it may linger', async () => {
    const { batches, batcher } = doubling({ linger: 5 });

    await Promise.all([1, 2, 3].map(n => batcher.add(n)));

    expect(batches).to.deep.equal([[1, 2, 3]]);
  });

  it('fails those of the batch, and goes on with the next', async () => {
    let isBroken = true;
    const batcher = createBatcher<number, number>(items => {
      if (!isBroken) return Promise.resolve(items);
      isBroken = false;
      return Promise.reject(Object.assign(new Error(), { code: 'AWAY' }));
    });

    await rejects(batcher.add(1), 'AWAY');

    expect(await batcher.add(2)).to.equal(2);
  });

  it('drains what waits', async () => {
    const { batches, batcher } = doubling({ linger: 5 });
    void batcher.add(1);

    await batcher.drain();

    expect(batches).to.deep.equal([[1]]);
    expect(batcher.size).to.equal(0);
  });
});
