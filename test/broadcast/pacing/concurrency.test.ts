import { expect } from 'chai';
import { Semaphore } from '../../../src/broadcast/pacing/concurrency';

/** A promise that is resolved from outside. */
function later() {
  let resolve = () => {};
  const promise = new Promise<void>(done => (resolve = done));
  return { promise, resolve };
}

const soon = () => new Promise(resolve => setImmediate(resolve));

describe('the semaphore', () => {
  it('lets as many run at a time as it has slots', async () => {
    const semaphore = new Semaphore(2, 2);
    let begun = 0;
    for (let each = 0; each < 3; each++)
      void semaphore.acquire().then(() => begun++);

    await soon();
    expect(begun).to.equal(2);
    semaphore.release();
    await soon();
    expect(begun).to.equal(3);
  });

  it('lets another run while one waits, and the first go on before others begin', async () => {
    const semaphore = new Semaphore(1, 1);
    const waiting = later();
    const order: string[] = [];
    await semaphore.acquire();
    void semaphore
      .releaseWhile(waiting.promise)
      .then(() => order.push('goes on'));
    await semaphore.acquire();
    void semaphore.acquire().then(() => order.push('begins'));

    waiting.resolve();
    await soon();
    expect(order).to.deep.equal([]);
    semaphore.release();
    await soon();
    expect(order).to.deep.equal(['goes on']);
    semaphore.release();
    await soon();
    expect(order).to.deep.equal(['goes on', 'begins']);
  });

  it('lets none begin while too many wait, but all of these go on', async () => {
    const semaphore = new Semaphore(1, 1);
    const first = later();
    const order: number[] = [];
    let begun = 0;
    // The second and third wait for the first, as messages to one person do.
    let before = first.promise;
    for (let each = 0; each < 4; each++) {
      void semaphore.acquire().then(async () => {
        begun++;
        const mine = semaphore.releaseWhile(before).then(() => {
          order.push(each);
          semaphore.release();
        });
        before = mine;
      });
    }

    await soon();
    expect(begun).to.equal(2);
    first.resolve();
    await soon();
    expect(order).to.deep.equal([0, 1, 2, 3]);
  });

  it('gives the slot back when what was waited for fails', async () => {
    const semaphore = new Semaphore(1, 1);
    await semaphore.acquire();
    const error = await semaphore
      .releaseWhile(Promise.reject(new Error('too late')))
      .catch((reason: Error) => reason);
    expect(error).to.have.property('message', 'too late');
    semaphore.release();
    await semaphore.acquire();
  });
});
