import { expect } from 'chai';
import { newTally, progressOf } from '../../src/broadcast/tally';

describe('the progress of a broadcast', () => {
  it('tells the time left from what was done so far', () => {
    const tally = { ...newTally(), sent: 150, failed: 50, skipped: 100 };

    expect(progressOf(tally, 500, 4000)).to.include({
      done: 200,
      perSecond: 50,
      secondsLeft: 4,
    });
  });

  it('tells it also of a broadcast that takes very long', () => {
    const tally = { ...newTally(), sent: 1 };

    expect(progressOf(tally, 11, 60_000)).to.include({
      perSecond: 0,
      secondsLeft: 600,
    });
  });
});
