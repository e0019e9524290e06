import { expect } from 'chai';
import { createClock, NO_DEADLINE } from '../../../src/broadcast/pacing/clock';
import {
  createAdaptiveRate,
  createRateLimiters,
  TokenQueue,
} from '../../../src/broadcast/pacing/rate-limiter';
import type { RateLimiters } from '../../../src/broadcast/pacing/rate-limiter';
import { fakeTimers } from './fake-timers';
import { mostInASecond } from './windows';

describe('the rate limiter of a sender', () => {
  const setUp = () => {
    const { timers, pass } = fakeTimers();
    const limiters = createRateLimiters(timers.now);
    const sent: number[] = [];
    /** A broadcast from a sender that sends so many messages as fast as it may. */
    const broadcast = async (
      sender: string,
      rate: number,
      count: number,
      deadline = Infinity,
    ) => {
      const clock = createClock(timers);
      const limiter = limiters(sender);
      const leave = limiter.join(rate);
      const queue = new TokenQueue(clock, limiter);
      const latest = { ...NO_DEADLINE, at: () => deadline };
      let done = 0;
      for (; done < count; done++) {
        const token = await Promise.resolve(queue.take(latest)).catch(
          () => undefined,
        );
        if (token === undefined) break;
        limiter.use(token);
        sent.push(timers.now());
      }
      leave();
      return { done, ended: timers.now() };
    };
    return { broadcast, sent, pass, timers, limiters };
  };

  it('holds for two broadcasts together, which share it evenly', async () => {
    const { broadcast, sent, pass } = setUp();
    const both = Promise.all([
      broadcast('1', 80, 400),
      broadcast('1', 80, 400),
    ]);
    await pass();

    expect(mostInASecond(sent)).to.equal(80);
    const [first, second] = await both;
    expect(Math.abs(first.ended - second.ended)).to.be.below(100);
  });

  it('holds where one broadcast begins after another', async () => {
    const { broadcast, sent, pass } = setUp();
    void broadcast('1', 80, 100).then(() => broadcast('1', 80, 100));
    await pass();

    expect(sent).to.have.length(200);
    expect(mostInASecond(sent)).to.equal(80);
  });

  it('is the lower one of two, as long as both run', async () => {
    const { broadcast, sent, pass } = setUp();
    const slow = broadcast('1', 20, 40);
    void broadcast('1', 80, 400);
    await pass();

    const { ended } = await slow;
    expect(mostInASecond(sent.filter(time => time <= ended))).to.equal(20);
    expect(mostInASecond(sent)).to.equal(80);
  });

  it('makes nobody wait for the rate of a broadcast that is over', async () => {
    const { broadcast, pass } = setUp();
    const next = broadcast('1', 0.001, 1).then(() => broadcast('1', 80, 2));
    await pass();

    expect((await next).ended).to.be.below(2000);
  });

  it('holds for each sender by itself', async () => {
    const { broadcast, sent, pass } = setUp();
    void broadcast('1', 80, 200);
    void broadcast('2', 80, 200);
    await pass();

    expect(mostInASecond(sent)).to.equal(160);
  });

  it('keeps no broadcast past its deadline because another one waits longer', async () => {
    const { broadcast, pass, limiters } = setUp();
    const long = broadcast('1', 80, 10);
    const short = broadcast('1', 80, 10, 1000);
    limiters('1').close(60_000);
    await pass();

    expect((await short).done).to.be.below(10);
    expect((await short).ended).to.be.at.most(1000);
    expect((await long).done).to.equal(10);
  });

  it('gives a token again that was given back', async () => {
    const { limiters, timers } = setUp();
    const limiter = limiters('1');
    limiter.join(1);

    const token = limiter.take();
    expect(limiter.freeAt()).to.be.above(timers.now());
    limiter.giveBack(token);

    expect(limiter.freeAt()).to.be.at.most(timers.now());
  });

  it('counts the second from when a message is written', async () => {
    const { limiters, pass, timers } = setUp();
    const limiter = limiters('1');
    limiter.join(1);
    const token = limiter.take();
    await pass(700);

    expect(limiter.use(token)).to.equal(true);

    expect(limiter.freeAt()).to.be.at.least(timers.now() + 1000);
  });

  it('is one for all copies of the module in a process', async () => {
    const path = '../../../src/broadcast/pacing/rate-limiter';
    const load = async (copy: number) =>
      (await import(`${path}?copy=${copy}`)) as {
        sharedRateLimiters: RateLimiters;
      };
    const [one, other] = await Promise.all([load(1), load(2)]);

    expect(one.sharedRateLimiters).not.to.equal(other.sharedRateLimiters);
    expect(one.sharedRateLimiters('test 1')).to.equal(
      other.sharedRateLimiters('test 1'),
    );
  });
});

describe('the adaptive rate', () => {
  const setUp = (whole: number) => {
    const { timers, pass } = fakeTimers();
    const clock = createClock(timers);
    return { clock, pass, rate: createAdaptiveRate(clock.now, () => whole) };
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
