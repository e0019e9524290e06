import { expect } from 'chai';
import { createClock } from '../../src/broadcast/clock';
import { createRateLimiters } from '../../src/broadcast/rate-limiter';
import type { RateLimiters } from '../../src/broadcast/rate-limiter';
import { TokenQueue } from '../../src/broadcast/tokens';
import { fakeTimers } from './fake-timers';
import { mostInASecond } from './windows';

describe('the rate limiter of a phone number', () => {
  const setUp = () => {
    const { timers, pass } = fakeTimers();
    const limiters = createRateLimiters(timers.now);
    const sent: number[] = [];
    /** A broadcast from a number that sends so many messages as fast as it may. */
    const broadcast = async (
      number: string,
      rate: number,
      count: number,
      deadline = Infinity,
    ) => {
      const clock = createClock(timers);
      const limiter = limiters(number);
      const leave = limiter.join(rate);
      const queue = new TokenQueue(clock, limiter);
      let done = 0;
      for (; done < count; done++) {
        const token = await Promise.resolve(queue.take(() => deadline)).catch(
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

  it('holds for each number by itself', async () => {
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
    const path = '../../src/broadcast/rate-limiter';
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
