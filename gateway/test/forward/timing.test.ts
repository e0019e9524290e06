import { expect } from 'chai';
import { createWakeableSleep } from '../../src/core/scheduling';
import {
  DEFAULT_TIMING,
  delayAfter,
  waitedAfter,
} from '../../src/forward/timing';

describe('delayAfter', () => {
  it('doubles from a second to an hour', () => {
    const seconds = [1, 2, 3, 4, 12, 13, 1000].map(
      failures => delayAfter(failures, DEFAULT_TIMING) / 1000,
    );

    expect(seconds).to.deep.equal([1, 2, 4, 8, 2048, 3600, 3600]);
  });
});

describe('waitedAfter', () => {
  it('adds up the waits between the attempts', () => {
    const seconds = [1, 2, 3, 12].map(
      failures => waitedAfter(failures, DEFAULT_TIMING) / 1000,
    );

    expect(seconds).to.deep.equal([0, 1, 3, 2047]);
  });
});

describe('createWakeableSleep', () => {
  it('ends a sleep', async () => {
    const sleeper = createWakeableSleep();
    const sleep = sleeper.sleep(60_000);

    sleeper.wake();

    await sleep;
  });

  it('forgets no ring of a time when nobody slept', async () => {
    const sleeper = createWakeableSleep();
    sleeper.wake();

    await sleeper.sleep(60_000);
  });

  it('ends by itself', async () => {
    await createWakeableSleep().sleep(1);
  });
});
