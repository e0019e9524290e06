import { expect } from 'chai';
import { broadcast } from '../../src/index';
import type { State } from '../../src/index';
import { collectLogs } from '../quiet';

const items = Array.from({ length: 3000 }, (_, index) => String(index));
const configuration = { apiToken: 'token', phoneNumberId: '1' };
/** What begins at the end of a turn of the event loop, and after it. */
const MOST = 20;

/** Counts calls, and the most of them between two turns of the event loop. */
function countPerTurn() {
  let calls = 0;
  let most = 0;
  let inTurn = 0;
  let isOver = false;
  const turn = () => {
    inTurn = 0;
    if (!isOver) setImmediate(turn);
  };
  turn();
  return {
    call: () => {
      calls++;
      most = Math.max(most, ++inTurn);
    },
    end: () => {
      isOver = true;
      return { calls, most };
    },
  };
}

describe('a broadcast lets the event loop run', () => {
  const run = async (options: object, operate: () => unknown) => {
    const { call, end } = countPerTurn();
    const operation = async (state: State) => {
      call();
      await operate();
      return state;
    };
    const all = { rate: 1000, concurrency: 1000, ...options };
    await collectLogs(() =>
      broadcast(items, operation, all)({ configuration, data: {} }),
    );
    return end();
  };

  it('while operations begin that take no time', async () => {
    const { calls, most } = await run({}, () => undefined);

    expect(calls).to.equal(items.length);
    expect(most).to.be.at.most(MOST);
  });

  it('while as many begin as may run at a time', async () => {
    const wait = () => new Promise(resolve => setTimeout(resolve, 20));
    const { calls, most } = await run({}, wait);

    expect(calls).to.equal(items.length);
    expect(most).to.be.at.most(MOST);
  });

  it('while it leaves out what was sent before', async () => {
    const { call, end } = countPerTurn();
    const key = ({ data }: State) => {
      call();
      return data;
    };
    const options = { key, skip: items } as never;

    const operation = async (state: State) => Promise.resolve(state);
    await collectLogs(() =>
      broadcast(items, operation, options)({ configuration, data: {} }),
    );

    const { calls, most } = end();
    expect(calls).to.equal(items.length);
    expect(most).to.be.at.most(MOST);
  });
});
