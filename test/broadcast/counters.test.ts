import { expect } from 'chai';
import { createCounters, progressOf } from '../../src/broadcast/counters';

describe('the progress of a broadcast', () => {
  it('tells the time left from what was done so far', () => {
    const counters = {
      ...createCounters(),
      sent: 150,
      failed: 50,
      skipped: 100,
    };

    expect(progressOf(counters, 500, 4000)).to.include({
      done: 200,
      perSecond: 50,
      secondsLeft: 4,
    });
  });

  it('tells it also of a broadcast that takes very long', () => {
    const counters = { ...createCounters(), sent: 1 };

    expect(progressOf(counters, 11, 60_000)).to.include({
      perSecond: 0,
      secondsLeft: 600,
    });
  });
});
