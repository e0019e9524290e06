import type { Clock } from './clock';
import { HeldBack } from './patience';
import type { Until } from './patience';
import type { RateLimiter, RateLimiters, Token } from './rate-limiter';

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
  take(until: Until): Promise<Token> | Token {
    const now = this.clock.now();
    const { waiting } = this.limiter;
    const isFree =
      waiting.size === 0 && this.limiter.freeAt() <= now && now <= until();
    return isFree ? this.takeNow() : this.enter(until);
  }

  private enter(until: Until): Promise<Token> {
    const { waiting } = this.limiter;
    this.length++;
    waiting.add(this);
    const mine = this.last.then(() => this.takeFirst(until));
    const leave = () => {
      if (--this.length === 0) waiting.delete(this);
    };
    // Who waited in vain does not keep the next one from its token.
    this.last = mine.then(leave, leave);
    return mine;
  }

  // The check and the token are one step: other broadcasts wait for it too.
  private async takeFirst(until: Until): Promise<Token> {
    const { clock, limiter } = this;
    for (let hasYielded = false; ;) {
      const now = clock.now();
      const at = limiter.freeAt();
      if (Math.max(at, now) > until()) throw new HeldBack();
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

/** The tokens of one broadcast, for each phone number that it sends from. */
export class Tokens {
  /** How often the rate was halved. */
  halved = 0;
  private readonly numbers = new Map<
    string,
    { limiter: RateLimiter; queue: TokenQueue; leave: () => void }
  >();

  constructor(
    private readonly clock: Clock,
    private readonly rate: number,
    private readonly limiters: RateLimiters,
  ) {}

  /** Gives a token when a message may go out from this number; at once when it may now. */
  take(number: string, until: Until): Promise<Token> | Token {
    return this.of(number).queue.take(until);
  }

  /** The message goes out now; false when that is too late. */
  use(number: string, token: Token): boolean {
    return this.of(number).limiter.use(token);
  }

  /** The message did not go out. */
  giveBack(number: string, token: Token): void {
    this.of(number).limiter.giveBack(token);
    // Somebody sleeps until the next one.
    this.clock.wakeAll();
  }

  /** All messages from this number go slower, because of what a try that began then has met. */
  slowDown(number: string, tryBegan: number): void {
    if (this.of(number).limiter.slowDown(tryBegan)) this.halved++;
  }

  /** Nothing goes out from this number for a while. */
  closeFor(number: string, milliseconds: number): void {
    this.of(number).limiter.close(this.clock.now() + milliseconds);
  }

  /** The broadcast is over, and its rate counts no more. */
  leave(): void {
    for (const { leave } of this.numbers.values()) leave();
  }

  private of(number: string) {
    const known = this.numbers.get(number);
    if (known !== undefined) return known;
    const limiter = this.limiters(number);
    const queue = new TokenQueue(this.clock, limiter);
    const joined = { limiter, queue, leave: limiter.join(this.rate) };
    this.numbers.set(number, joined);
    return joined;
  }
}
