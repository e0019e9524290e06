import type { Clock, Deadline } from './clock';

/** The time at which a token was given. */
export type Token = number;

const SECOND = 1000;
/** One more for the way: what is written a second apart may arrive a little closer. */
const WINDOW = SECOND + 1;
/** What may go out at once to catch up, as a part of the rate. */
const BURST = 1 / 10;

/**
 * Gives out tokens, one for each message of one sender; all broadcasts that
 * send from it share it. No window of one second ever sees more
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
    return createAdaptiveRate(() => this.now(), lowest);
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

/** A rate that adapts: it halves when the server refuses for the rate, and climbs back in a straight line. */
type AdaptiveRate = {
  /** Messages a second. */
  now: () => number;
  /** Halves the rate; once for all tries that began before the halved rate has been kept for a second. Whether it did. */
  slowDown: (tryBegan: number) => boolean;
};

/** From nothing to the whole rate in this time, so from half of it in half the time. */
const CLIMB = 20_000;
/** The lowest rate, as a part of the whole one. */
const LOWEST = 1 / 16;

export function createAdaptiveRate(
  time: () => number,
  wholeNow: () => number,
): AdaptiveRate {
  let low = 0;
  let halvedAt = -Infinity;

  const now = () => {
    const whole = wholeNow();
    const calm = time() - halvedAt;
    return Math.min(whole, low + (whole * calm) / CLIMB);
  };
  const slowDown = (tryBegan: number) => {
    if (tryBegan < halvedAt + SECOND) return false;
    low = Math.max(wholeNow() * LOWEST, now() / 2);
    halvedAt = time();
    return true;
  };
  return { now, slowDown };
}

/** How far ahead of an even flow the tokens may run, in milliseconds. */
const saved = (rate: number) =>
  (Math.max(1, rate * BURST) - 1) * (SECOND / rate);

/** Milliseconds for which a broadcast lets the others go first. */
const YIELD = 1;

/** The queue of one broadcast for the tokens of a limiter. */
export class TokenQueue {
  private last: Promise<unknown> = Promise.resolve();
  private length = 0;

  constructor(
    private readonly clock: Clock,
    private readonly limiter: RateLimiter,
  ) {}

  /** Gives a token, in the order of asking; at once when there is one. */
  take(deadline: Deadline): Promise<Token> | Token {
    const now = this.clock.now();
    const { waiting } = this.limiter;
    const isFree =
      waiting.size === 0 &&
      this.limiter.freeAt() <= now &&
      now <= deadline.at();
    return isFree ? this.takeNow() : this.enter(deadline);
  }

  private enter(deadline: Deadline): Promise<Token> {
    const { waiting } = this.limiter;
    this.length++;
    waiting.add(this);
    const mine = this.last.then(() => this.takeFirst(deadline));
    const leave = () => {
      if (--this.length === 0) waiting.delete(this);
    };
    // A failed wait does not keep the next one from its token.
    this.last = mine.then(leave, leave);
    return mine;
  }

  // The check and the token are one step: other broadcasts wait for it too.
  private async takeFirst(deadline: Deadline): Promise<Token> {
    const { clock, limiter } = this;
    for (let hasYielded = false; ;) {
      const now = clock.now();
      const at = limiter.freeAt();
      if (Math.max(at, now) > deadline.at()) throw deadline.createError();
      if (at > now) await clock.sleep(at - now);
      else if (hasYielded || !this.isOthersTurn()) return this.takeNow();
      else {
        hasYielded = true;
        await clock.sleep(YIELD);
      }
    }
  }

  private isOthersTurn(): boolean {
    const { latest, waiting } = this.limiter;
    return latest === this && waiting.size > 1;
  }

  private takeNow(): Token {
    this.limiter.latest = this;
    return this.limiter.take();
  }
}

/** The limiter of each sender. */
export type RateLimiters = (sender: string) => RateLimiter;

export function createRateLimiters(
  now: () => number,
  known = new Map<string, RateLimiter>(),
): RateLimiters {
  return sender => {
    const limiter = known.get(sender) ?? new RateLimiter(now);
    known.set(sender, limiter);
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
