import { expect } from 'chai';
import fc from 'fast-check';
import { createClock, NO_DEADLINE } from '../../../src/broadcast/pacing/clock';
import { Pacer } from '../../../src/broadcast/pacing/pacer';
import { propertyRuns } from '../../stress';
import { createRateLimiters } from '../../../src/broadcast/pacing/rate-limiter';
import { fakeTimers } from './fake-timers';
import { mostAboveEven, mostInASecond } from './windows';

type Send = { after: number; person: number; takes: number; slows: boolean };

type Plan = {
  rate: number;
  concurrency: number;
  perRecipient: number;
  lateness: number[];
  sends: Send[];
};

const plan: fc.Arbitrary<Plan> = fc.record({
  rate: fc.oneof(
    fc.integer({ min: 1, max: 300 }),
    fc.double({ min: 0.2, max: 30, noNaN: true }),
  ),
  concurrency: fc.integer({ min: 1, max: 20 }),
  perRecipient: fc.constantFrom(0, 0.05, 0.7, 6),
  lateness: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1 }),
  sends: fc.array(
    fc.record({
      // Bursts, a steady flow, and pauses in which a bucket saves.
      after: fc.oneof(
        fc.constant(0),
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 500, max: 4000 }),
      ),
      person: fc.integer({ min: 0, max: 40 }),
      takes: fc.integer({ min: 0, max: 2000 }),
      slows: fc.integer({ min: 0, max: 9 }).map(die => die === 0),
    }),
    { minLength: 1, maxLength: 400, size: 'max' },
  ),
});

/** Lets all sends of a plan go, and tells when each went, in that order. */
async function run(
  { rate, concurrency, perRecipient, lateness, sends }: Plan,
  deadline = Infinity,
) {
  const latest = { ...NO_DEADLINE, at: () => deadline };
  let late = 0;
  const { timers, pass } = fakeTimers(
    () => lateness[late++ % lateness.length]!,
  );
  const clock = createClock(timers);
  const limits = { rate, concurrency, perRecipient };
  const pacer = new Pacer(clock, limits, createRateLimiters(clock.now));
  const gone: { at: number; person: number; index: number }[] = [];
  let held = 0;
  let busy = 0;
  let mostBusy = 0;

  const send = async ({ person, takes, slows }: Send, index: number) => {
    let hasTurn = false;
    try {
      await pacer.enterRecipient(String(person), latest);
      hasTurn = true;
      await pacer.tokens.take('1', latest);
      const at = clock.now();
      gone.push({ at, person, index });
      mostBusy = Math.max(mostBusy, ++busy);
      await clock.sleep(takes);
      if (slows) pacer.tokens.slowDown('1', at);
      pacer.leaveRecipient(String(person), true);
      busy--;
    } catch {
      held++;
      if (hasTurn) pacer.leaveRecipient(String(person), false);
    }
    pacer.release();
  };
  const all = async () => {
    const running: Promise<void>[] = [];
    for (const [index, each] of sends.entries()) {
      if (each.after > 0) await clock.sleep(each.after);
      await pacer.acquire();
      running.push(send(each, index));
    }
    await Promise.all(running);
  };
  let isDone = false;
  void all().then(() => (isDone = true));
  await pass();
  return { gone, held, mostBusy, isDone };
}

const calm = (given: Plan): Plan => ({
  ...given,
  sends: given.sends.map(each => ({ ...each, slows: false })),
});

const holds = (check: (given: Plan) => Promise<void>) =>
  fc.assert(fc.asyncProperty(plan, check), propertyRuns(60));

describe('the pacer', () => {
  it('never lets more go in any second than the rate', () =>
    holds(async given => {
      const { gone } = await run(given);

      const times = gone.map(({ at }) => at);
      expect(mostInASecond(times)).to.be.at.most(
        Math.max(1, Math.floor(given.rate)),
      );
    }));

  it('never lets more than a tenth of the rate go at once', () =>
    holds(async given => {
      const { gone } = await run(given);

      const times = gone.map(({ at }) => at);
      const burst = Math.max(1, given.rate / 10);
      expect(mostAboveEven(times, given.rate)).to.be.at.most(burst + 1e-6);
    }));

  it('keeps the distance between two messages to one person', () =>
    holds(async given => {
      const { gone } = await run(given);

      const last = new Map<number, number>();
      for (const { at, person } of gone) {
        const before = last.get(person) ?? -Infinity;
        expect(at - before).to.be.at.least(given.perRecipient * 1000);
        last.set(person, at);
      }
    }));

  it('lets messages to one person go in their order', () =>
    holds(async given => {
      // One that waits for a person can be overtaken only by those to others.
      const { gone } = await run({ ...given, concurrency: 1 });

      const last = new Map<number, number>();
      for (const { index, person } of gone) {
        expect(index).to.be.greaterThan(last.get(person) ?? -1);
        last.set(person, index);
      }
    }));

  it('never has more under way than the concurrency', () =>
    holds(async given => {
      const { mostBusy } = await run(given);

      expect(mostBusy).to.be.at.most(given.concurrency);
    }));

  it('lets everything go in the end', () =>
    holds(async given => {
      const { gone, held, isDone } = await run(given);

      expect(isDone).to.equal(true);
      expect(held).to.equal(0);
      expect(gone).to.have.length(given.sends.length);
    }));

  it('lets everything go when all slots could wait for a few people', async () => {
    const send = { after: 0, takes: 100, slows: false };
    const sends = Array.from({ length: 200 }, (_, index) => ({
      ...send,
      person: index % 3,
    }));
    const limits = { rate: 80, concurrency: 4, perRecipient: 0.5 };
    const { isDone } = await run({ ...limits, lateness: [0], sends });

    expect(isDone).to.equal(true);
  });

  it('delays whom Meta has refused, also without a distance', async () => {
    const { timers, pass } = fakeTimers();
    const clock = createClock(timers);
    const limits = { rate: 80, concurrency: 1, perRecipient: 0 };
    const pacer = new Pacer(clock, limits, createRateLimiters(clock.now));
    const gone: [string, number][] = [];
    const go = async (person: string) => {
      await pacer.acquire();
      await pacer.enterRecipient(person, NO_DEADLINE);
      await pacer.tokens.take('1', NO_DEADLINE);
      gone.push([person, clock.now()]);
      pacer.leaveRecipient(person, true);
      pacer.release();
    };
    pacer.delayRecipient('A', 4000);

    for (const person of ['A', 'B']) void go(person);
    await pass();

    expect(gone.map(([person]) => person)).to.deep.equal(['B', 'A']);
    expect(gone[1]![1]).to.be.at.least(4000);
  });

  it('wastes no time: what waits for the rate alone keeps up with it', () =>
    holds(async given => {
      const sends = given.sends.map((each, person) => ({
        ...each,
        after: 0,
        takes: 0,
        person,
      }));
      const { gone } = await run(calm({ ...given, lateness: [0], sends }));

      // A timer counts whole milliseconds.
      const whole = Math.floor(given.rate) || given.rate;
      const each = 1000 / whole + 1;
      expect(gone.at(-1)!.at).to.be.at.most(sends.length * each);
    }));

  it('lets nothing go after the deadline, and keeps nobody waiting for it', () =>
    holds(async given => {
      const { gone, held, isDone } = await run(given, 5000);

      expect(isDone).to.equal(true);
      expect(gone.length + held).to.equal(given.sends.length);
      for (const { at } of gone) expect(at).to.be.at.most(5000);
    }));
});
