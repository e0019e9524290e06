import { expect } from 'chai';
import { createCircuitBreaker } from '../../src/forward/deliver';
import { DEFAULT_TIMING } from '../../src/forward/timing';

describe('createCircuitBreaker', () => {
  let now: number;

  beforeEach(() => {
    now = 1000;
  });

  const newBreaker = () => createCircuitBreaker(DEFAULT_TIMING, () => now);

  const failures = (count: number) => {
    const breaker = newBreaker();
    for (let i = 0; i < count; i++) breaker.fail(now);
    return breaker;
  };

  it('lets five failures pass that may be those of single messages', () => {
    const breaker = failures(5);

    expect(breaker).to.include({ isOpen: false, pause: 0 });
  });

  it('pauses longer after each further failure, up to half a minute', () => {
    const breaker = failures(5);

    const pauses = Array.from({ length: 7 }, () => {
      breaker.fail(now);
      const { pause } = breaker;
      now += pause;
      return pause / 1000;
    });

    expect(pauses).to.deep.equal([1, 2, 4, 8, 16, 30, 30]);
    expect(breaker.isOpen).to.equal(true);
  });

  it('stays closed as long as others pass', () => {
    const breaker = newBreaker();

    for (let i = 0; i < 100; i++) {
      for (let j = 0; j < 5; j++) breaker.fail(now);
      breaker.succeed();
    }

    expect(breaker).to.include({ isOpen: false, pause: 0 });
  });

  it('counts failures of requests that were on the way together once', () => {
    const breaker = newBreaker();

    now = 2000;
    for (let i = 0; i < 20; i++) breaker.fail(1000);

    expect(breaker.isOpen).to.equal(false);
  });

  it('waits at once, and as long as the destination asks', () => {
    const breaker = newBreaker();

    breaker.fail(now, 60_000);

    expect(breaker).to.include({ isOpen: true, pause: 60_000 });
  });

  it('tells at the first success how long the destination was down', () => {
    const breaker = failures(6);

    now += 8000;

    expect(breaker.succeed()).to.equal(8000);
    expect(breaker.succeed()).to.equal(undefined);
    expect(breaker).to.include({ isOpen: false, pause: 0 });
  });
});
