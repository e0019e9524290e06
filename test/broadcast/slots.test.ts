import { expect } from 'chai';
import { createSlots } from '../../src/broadcast/slots';

/** A promise that is resolved from outside. */
function later() {
  let resolve = () => {};
  const promise = new Promise<void>(done => (resolve = done));
  return { promise, resolve };
}

const soon = () => new Promise(resolve => setImmediate(resolve));

describe('the slots', () => {
  it('let as many run at a time as there are', async () => {
    const { begin, end } = createSlots(2, 2);
    let begun = 0;
    for (let each = 0; each < 3; each++) void begin().then(() => begun++);

    await soon();
    expect(begun).to.equal(2);
    end();
    await soon();
    expect(begun).to.equal(3);
  });

  it('let somebody else run while one waits, who goes on before others begin', async () => {
    const { begin, end, lend } = createSlots(1, 1);
    const waiting = later();
    const order: string[] = [];
    await begin();
    void lend(waiting.promise).then(() => order.push('goes on'));
    await begin();
    void begin().then(() => order.push('begins'));

    waiting.resolve();
    await soon();
    expect(order).to.deep.equal([]);
    end();
    await soon();
    expect(order).to.deep.equal(['goes on']);
    end();
    await soon();
    expect(order).to.deep.equal(['goes on', 'begins']);
  });

  it('let nobody begin while too many wait, but all of these go on', async () => {
    const { begin, end, lend } = createSlots(1, 1);
    const first = later();
    const order: number[] = [];
    let begun = 0;
    // The second and third wait for the first, as messages to one person do.
    let before = first.promise;
    for (let each = 0; each < 4; each++) {
      void begin().then(async () => {
        begun++;
        const mine = lend(before).then(() => {
          order.push(each);
          end();
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

  it('give the slot back when what was waited for fails', async () => {
    const { begin, end, lend } = createSlots(1, 1);
    await begin();
    const error = await lend(Promise.reject(new Error('too late'))).catch(
      (reason: Error) => reason,
    );
    expect(error).to.have.property('message', 'too late');
    end();
    await begin();
  });
});
