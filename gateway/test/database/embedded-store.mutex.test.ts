import { expect } from 'chai';
import { PriorityMutex } from '../../src/database/embedded-store';
import { rejects } from '../support/rejects';
import { GatewayError } from '../../src/core/errors';

const refusal = () => new GatewayError('REFUSED', 'No.', 'Come later.');

describe('PriorityMutex', () => {
  /** Takes the turn, and gives it back when told to. */
  function hold(turns: PriorityMutex) {
    let release = () => {};
    const held = turns.run(
      true,
      () => new Promise<void>(resolve => (release = resolve)),
    );
    return { held, release: () => release() };
  }

  function addAll(turns: PriorityMutex, words: string[]) {
    const done: string[] = [];
    const add = async (word: string) => {
      await Promise.resolve();
      done.push(word);
    };
    const all = words.map(word =>
      turns.run(word.startsWith('urgent'), () => add(word)),
    );
    return { done, all: Promise.all(all) };
  }

  it('lets one work at a time', async () => {
    const turns = new PriorityMutex();
    let running = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++running);
      await new Promise(resolve => setImmediate(resolve));
      running -= 1;
    };

    await Promise.all(
      Array.from({ length: 20 }, (_, i) => turns.run(i % 3 === 0, work)),
    );

    expect(most).to.equal(1);
  });

  it('takes urgent work first, and one of the rest after each piece of it', async () => {
    const turns = new PriorityMutex();
    const { held, release } = hold(turns);
    const words = ['a', 'b', 'c', 'urgent 1', 'urgent 2'];
    const { done, all } = addAll(turns, words);
    expect(turns.size).to.equal(3);

    release();
    await held;
    await all;

    expect(done).to.deep.equal(['a', 'urgent 1', 'b', 'urgent 2', 'c']);
    expect(turns.size).to.equal(0);
  });

  it('takes urgent work that comes after the rest before the next of it', async () => {
    const turns = new PriorityMutex();
    const done: string[] = [];
    const add = (word: string) => async () => {
      await Promise.resolve();
      done.push(word);
    };
    let release = () => {};
    const first = turns.run(
      false,
      () => new Promise<void>(resolve => (release = resolve)),
    );
    const others = [turns.run(false, add('a')), turns.run(true, add('urgent'))];

    release();
    await Promise.all([first, ...others]);

    expect(done).to.deep.equal(['urgent', 'a']);
  });

  it('gives the turn to the next when work fails', async () => {
    const turns = new PriorityMutex();
    const failing = turns.run(true, () => Promise.reject(refusal()));
    const next = turns.run(true, () => Promise.resolve('next'));

    await rejects(failing, 'REFUSED');

    expect(await next).to.equal('next');
  });

  it('refuses whoever waits, and goes on with who comes later', async () => {
    const turns = new PriorityMutex();
    const { held, release } = hold(turns);
    const waiting = [true, false].map(isUrgent =>
      rejects(
        turns.run(isUrgent, () => Promise.resolve()),
        'REFUSED',
      ),
    );

    turns.refuseAll(refusal());
    await Promise.all(waiting);
    const later = turns.run(false, () => Promise.resolve('later'));
    release();
    await held;

    expect(await later).to.equal('later');
  });
});
