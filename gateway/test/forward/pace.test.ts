import { expect } from 'chai';
import { createAlarm } from '../../src/forward/alarm';
import { createBreaker } from '../../src/forward/breaker';
import { PACE, delayAfter } from '../../src/forward/pace';

describe('delayAfter', () => {
  it('doubles from a second to an hour', () => {
    const seconds = [1, 2, 3, 4, 12, 13, 1000].map(
      failures => delayAfter(failures, PACE) / 1000,
    );

    expect(seconds).to.deep.equal([1, 2, 4, 8, 2048, 3600, 3600]);
  });
});

describe('createBreaker', () => {
  it('pauses longer after each failure, up to half a minute', () => {
    const breaker = createBreaker(PACE);

    const pauses = Array.from({ length: 7 }, () => {
      breaker.fail(1000, 0);
      return (breaker.pausedUntil - 1000) / 1000;
    });

    expect(pauses).to.deep.equal([1, 2, 4, 8, 16, 30, 30]);
  });

  it('waits as long as OpenFn asks', () => {
    const breaker = createBreaker(PACE);

    breaker.fail(1000, 60_000);

    expect(breaker.pausedUntil).to.equal(61_000);
  });

  it('calls it an outage after three failures in a row', () => {
    const breaker = createBreaker(PACE);
    const outages = [1, 2, 3].map(now => {
      breaker.fail(now, 0);
      return breaker.isOutage;
    });

    expect(outages).to.deep.equal([false, false, true]);
  });

  it('tells at the first success how long the trouble lasted', () => {
    const breaker = createBreaker(PACE);
    breaker.fail(1000, 0);
    breaker.fail(3000, 0);

    expect(breaker.isTroubled).to.equal(true);
    expect(breaker.succeed(9000)).to.equal(8000);
    expect(breaker.succeed(9001)).to.equal(undefined);
    expect(breaker.isTroubled).to.equal(false);
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
