import { createRate } from './rate';

/** The time at which a token was given. */
export type Token = number;

const SECOND = 1000;
/** One more for the way: what is written a second apart may arrive a little closer. */
const WINDOW = SECOND + 1;
/** What may go out at once to catch up, as a part of the rate. */
const BURST = 1 / 10;

/**
 * Gives out tokens, one for each message of one phone number; all broadcasts
 * that send from the number share it. No window of one second ever sees more
 * messages than the rate. A plain token bucket does not promise that: it gives
 * what it has saved and a second's worth besides. Here tokens are spaced evenly,
 * and the one before the last `rate` tokens has to be a second old.
 */
export class RateLimiter {
  /** The broadcasts that wait for a token, and the one that had the last. */
  readonly waiting = new Set<object>();
  latest: object | undefined;
  private readonly rates = new Set<{ rate: number }>();
  private rate = this.newRate();
  /** When the messages of the last second were written, or may be. */
  private readonly given: Token[] = [];
  private closedUntil = -Infinity;
  /** An even flow would have its next token then. */
  private evenly: number | undefined;

  constructor(private readonly now: () => number) {}

  /** Until it is left, a broadcast keeps the rate at or below its own. */
  join(rate: number): () => void {
    // What Meta refused to others before, it may take now.
    if (this.rates.size === 0) {
      this.rate = this.newRate();
      this.closedUntil = -Infinity;
    }
    const mine = { rate };
    this.rates.add(mine);
    this.forgetSlowness();
    return () => {
      this.rates.delete(mine);
      if (this.rates.size > 0) this.forgetSlowness();
    };
  }

  /** When the next token is free. */
  freeAt(): number {
    const rate = this.rate.now();
    const oldest = this.given.at(-Math.max(1, Math.floor(rate)));
    const window = oldest === undefined ? -Infinity : oldest + WINDOW;
    const even = (this.evenly ?? Infinity) - saved(rate);
    return Math.max(this.closedUntil, window, even);
  }

  take(): Token {
    const { given } = this;
    const now = this.now();
    while (given[0] !== undefined && given[0] <= now - WINDOW) given.shift();
    given.push(now);
    this.evenly = Math.max(this.evenly ?? now, now) + SECOND / this.rate.now();
    return now;
  }

  /** The message of a token is written now; false when that is too late. */
  use(token: Token): boolean {
    // The second counts from here.
    return this.remove(token) && this.given.push(this.now()) > 0;
  }

  /** Returns a token that was not used. */
  giveBack(token: Token): void {
    if (!this.remove(token) || this.evenly === undefined) return;
    this.evenly -= SECOND / this.rate.now();
  }

  /** Gives out nothing before this time. */
  close(opensAt: number): void {
    this.closedUntil = Math.max(this.closedUntil, opensAt);
  }

  /** Halves the rate, because of what a try that began then has met. Whether it did. */
  slowDown(tryBegan: number): boolean {
    return this.rate.slowDown(tryBegan);
  }

  private newRate() {
    const lowest = () => Math.min(...[...this.rates].map(({ rate }) => rate));
    return createRate(() => this.now(), lowest);
  }

  /** The next token comes no later than the rate of now would have it. */
  private forgetSlowness(): void {
    const rate = this.rate.now();
    // It begins with nothing saved.
    const soonest = this.now() + saved(rate);
    this.evenly = Math.min(this.evenly ?? soonest, soonest + SECOND / rate);
  }

  private remove(token: Token): boolean {
    const index = this.given.lastIndexOf(token);
    if (index >= 0) this.given.splice(index, 1);
    return index >= 0;
  }
}

/** How far ahead of an even flow the tokens may run, in milliseconds. */
const saved = (rate: number) =>
  (Math.max(1, rate * BURST) - 1) * (SECOND / rate);

/** The limiter of each phone number. */
export type RateLimiters = (number: string) => RateLimiter;

export function createRateLimiters(
  now: () => number,
  known = new Map<string, RateLimiter>(),
): RateLimiters {
  return number => {
    const limiter = known.get(number) ?? new RateLimiter(now);
    known.set(number, limiter);
    return limiter;
  };
}

// OpenFn loads the module anew for each step, and WhatsApp counts on.
const REGISTRY = Symbol.for('@openfn/language-whatsapp rate limiters 1');
const registry = globalThis as { [REGISTRY]?: Map<string, RateLimiter> };

/** The limiters of this process. */
export const sharedRateLimiters: RateLimiters = createRateLimiters(
  () => performance.now(),
  (registry[REGISTRY] ??= new Map()),
);
