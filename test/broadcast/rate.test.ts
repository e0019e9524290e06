import { expect } from 'chai';
import { createClock } from '../../src/broadcast/clock';
import { createRate } from '../../src/broadcast/rate';
import { fakeTimers } from './fake-timers';

describe('the rate', () => {
  const setUp = (whole: number) => {
    const { timers, pass } = fakeTimers();
    const clock = createClock(timers);
    return { clock, pass, rate: createRate(clock.now, () => whole) };
  };

  it('is whole until it is slowed down, and halves then', () => {
    const { rate } = setUp(80);

    expect(rate.now()).to.equal(80);
    rate.slowDown(0);
    expect(rate.now()).to.equal(40);
  });

  it('halves once for all tries of the same second', async () => {
    const { rate, pass, clock } = setUp(80);

    const halved: boolean[] = [];
    for (let tries = 0; tries < 40; tries++) halved.push(rate.slowDown(0));
    await pass(500);
    halved.push(rate.slowDown(clock.now()));

    expect(halved.filter(Boolean)).to.have.length(1);
    expect(rate.now()).to.equal(42);
  });

  it('climbs back in a straight line, and no further', async () => {
    const { rate, pass } = setUp(80);

    rate.slowDown(0);
    await pass(5000);
    expect(rate.now()).to.equal(60);
    await pass(10_000);
    expect(rate.now()).to.equal(80);
    await pass(100_000);
    expect(rate.now()).to.equal(80);
  });

  it('never falls below a sixteenth', async () => {
    const { rate, pass, clock } = setUp(80);

    let halved = 0;
    for (let second = 1; second < 30; second++) {
      if (rate.slowDown(clock.now())) halved++;
      expect(rate.now()).to.be.at.least(5);
      await pass(second * 1000);
    }
    expect(halved).to.be.above(3);
  });
});
