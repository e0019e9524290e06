import { createRecipientSpacing } from './recipients';
import type { RecipientSpacing } from './recipients';
import { waitUntil } from './clock';
import type { Clock, Deadline } from './clock';
import { Semaphore } from './concurrency';
import type { Waiter } from './concurrency';
import { sharedRateLimiters, TokenQueue } from './rate-limiter';
import type { RateLimiter, RateLimiters, Token } from './rate-limiter';

/** So many operations may wait that have only begun to send: each takes 15 kB. */
const MAX_LIGHT = 2000;

export type PacerOptions = {
  /** Messages a second, of each sender. */
  rate: number;
  concurrency: number;
  /** Seconds between two messages to one recipient. */
  perRecipient: number;
};

/** Decides when the operations and messages of one broadcast may go. */
export class Pacer {
  readonly tokens: SenderTokens;
  private readonly spacing: number;
  private readonly recipients: RecipientSpacing;
  private readonly semaphore: Semaphore;

  constructor(
    private readonly clock: Clock,
    { rate, concurrency, perRecipient }: PacerOptions,
    limiters = sharedRateLimiters,
  ) {
    this.tokens = new SenderTokens(clock, rate, limiters);
    this.spacing = perRecipient * 1000;
    this.recipients = createRecipientSpacing(clock, this.spacing);
    // What was uploaded may still be in memory. So only as many wait then as go
    // out in one spacing, after which the first goes on.
    const maxHeavy = Math.max(concurrency, rate * perRecipient);
    const maxLight = Math.max(MAX_LIGHT, maxHeavy);
    this.semaphore = new Semaphore(concurrency, maxLight, maxHeavy);
  }

  /** Resolves when an operation may begin. */
  acquire(): Promise<void> {
    return this.semaphore.acquire();
  }

  /** An operation has ended. */
  release(): void {
    this.semaphore.release();
  }

  /** Resolves when a message may go to this recipient; undefined when it may at once. */
  enterRecipient(
    recipient: string | undefined,
    deadline: Deadline,
    waiter?: Waiter,
  ): Promise<void> | undefined {
    if (recipient === undefined) return undefined;
    const waiting = this.recipients.enter(recipient, deadline);
    return waiting && this.semaphore.releaseWhile(waiting, waiter);
  }

  /** The message that entered is done with: the next to this recipient has to wait, if anything went out. */
  leaveRecipient(recipient: string | undefined, wentOut: boolean): void {
    if (recipient === undefined) return;
    const freeAt = wentOut ? this.inFrom(this.spacing) : undefined;
    this.recipients.leave(recipient, freeAt);
  }

  /** Nothing goes to this recipient for a while. */
  delayRecipient(recipient: string, milliseconds: number): void {
    this.recipients.delay(recipient, this.inFrom(milliseconds));
  }

  /** Waits, while others go on. */
  pause(
    milliseconds: number,
    deadline: Deadline,
    waiter?: Waiter,
  ): Promise<void> {
    const over = this.inFrom(milliseconds);
    const waiting = waitUntil(this.clock, () => over, deadline);
    return this.semaphore.releaseWhile(waiting, waiter);
  }

  private inFrom(milliseconds: number): number {
    return this.clock.now() + milliseconds;
  }
}

type JoinedLimiter = {
  limiter: RateLimiter;
  queue: TokenQueue;
  leave: () => void;
};

/** The tokens of one broadcast, for each sender that it sends from. */
export class SenderTokens {
  /** How often the rate was halved. */
  halved = 0;
  private readonly joined = new Map<string, JoinedLimiter>();

  constructor(
    private readonly clock: Clock,
    private readonly rate: number,
    private readonly limiters: RateLimiters,
  ) {}

  /** Gives a token when a message may go out from this sender; at once when it may now. */
  take(sender: string, deadline: Deadline): Promise<Token> | Token {
    return this.of(sender).queue.take(deadline);
  }

  /** The message goes out now; false when that is too late. */
  use(sender: string, token: Token): boolean {
    return this.of(sender).limiter.use(token);
  }

  /** The message did not go out. */
  giveBack(sender: string, token: Token): void {
    this.of(sender).limiter.giveBack(token);
    // Other messages sleep until the next token.
    this.clock.wakeAll();
  }

  /** All messages from this sender go slower, because of what a try that began then has met. */
  slowDown(sender: string, tryBegan: number): void {
    if (this.of(sender).limiter.slowDown(tryBegan)) this.halved++;
  }

  /** Nothing goes out from this sender for a while. */
  closeFor(sender: string, milliseconds: number): void {
    this.of(sender).limiter.close(this.clock.now() + milliseconds);
  }

  /** The broadcast is over, and its rate no longer counts. */
  leave(): void {
    for (const { leave } of this.joined.values()) leave();
  }

  private of(sender: string): JoinedLimiter {
    const known = this.joined.get(sender);
    if (known !== undefined) return known;
    const limiter = this.limiters(sender);
    const queue = new TokenQueue(this.clock, limiter);
    const joined = { limiter, queue, leave: limiter.join(this.rate) };
    this.joined.set(sender, joined);
    return joined;
  }
}
