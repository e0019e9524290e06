import type { Clock } from './clock';
import { waitUntil } from './patience';
import type { Until } from './patience';

/** Gives out tokens: one for each message. */
export type Bucket = {
  /** Resolves with a token, in the order of asking; undefined when there is one at once. */
  take: (until: Until) => Promise<void> | undefined;
  /** Gives out nothing before this time. */
  close: (opensAt: number) => void;
};

const SECOND = 1000;
/** What may go out at once to catch up, as a part of the rate. */
const BURST = 1 / 10;

/**
 * No window of one second ever sees more tokens than the rate. A plain token
 * bucket does not promise that: it gives what it has saved and a second's worth
 * besides. Here tokens are spaced evenly, and the one before the last `rate`
 * tokens has to be a second old.
 */
export function createBucket(clock: Clock, rateNow: () => number): Bucket {
  /** When the tokens of the last second were given. */
  const given: number[] = [];
  let closedUntil = -Infinity;
  // An even flow would have its next token then. It begins with nothing saved.
  let evenly = clock.now() + saved(rateNow());
  let last: Promise<void> = Promise.resolve();
  let waiting = 0;

  const freeAt = () => {
    const rate = rateNow();
    const oldest = given.at(-Math.max(1, Math.floor(rate)));
    const window = oldest === undefined ? -Infinity : oldest + SECOND;
    return Math.max(closedUntil, window, evenly - saved(rate));
  };
  const isFree = (until: Until) => {
    const now = clock.now();
    return waiting === 0 && freeAt() <= now && now <= until();
  };
  const give = (): undefined => {
    const now = clock.now();
    while (given[0] !== undefined && given[0] <= now - SECOND) given.shift();
    given.push(now);
    evenly = Math.max(evenly, now) + SECOND / rateNow();
  };
  const queue = (until: Until) => {
    waiting++;
    const mine = last.then(() => waitUntil(clock, freeAt, until)).then(give);
    // Who waited in vain does not keep the next one from its token.
    last = mine.catch(() => undefined).then(() => void waiting--);
    return mine;
  };
  return {
    take: until => (isFree(until) ? give() : queue(until)),
    close: opensAt => (closedUntil = Math.max(closedUntil, opensAt)),
  };
}

/** How far ahead of an even flow the tokens may run, in milliseconds. */
const saved = (rate: number) =>
  (Math.max(1, rate * BURST) - 1) * (SECOND / rate);
