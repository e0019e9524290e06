import { expect } from 'chai';
import { createAlarm } from '../../src/forward/alarm';
import { PACE, delayAfter, waitedAfter } from '../../src/forward/pace';

describe('delayAfter', () => {
  it('doubles from a second to an hour', () => {
    const seconds = [1, 2, 3, 4, 12, 13, 1000].map(
      failures => delayAfter(failures, PACE) / 1000,
    );

    expect(seconds).to.deep.equal([1, 2, 4, 8, 2048, 3600, 3600]);
  });
});

describe('waitedAfter', () => {
  it('adds up the waits between the attempts', () => {
    const seconds = [1, 2, 3, 12].map(
      failures => waitedAfter(failures, PACE) / 1000,
    );

    expect(seconds).to.deep.equal([0, 1, 3, 2047]);
  });
});

describe('createAlarm', () => {
  it('ends a sleep', async () => {
    const alarm = createAlarm();
    const sleep = alarm.sleep(60_000);

    alarm.ring();

    await sleep;
  });

  it('forgets no ring of a time when nobody slept', async () => {
    const alarm = createAlarm();
    alarm.ring();

    await alarm.sleep(60_000);
  });

  it('ends by itself', async () => {
    await createAlarm().sleep(1);
  });
});
