import { setTimeout as sleep } from 'node:timers/promises';
import { createBatcher } from '../core/scheduling';
import type { Logger } from '../core/logger';
import type { CircuitBreaker } from './deliver';
import type { AttemptResult, Claim, Outbox } from './outbox';
import { asksToWait, isAboutBody } from './outcome';
import type { Failure, Outcome } from './outcome';
import { delayAfter, waitedAfter } from './timing';
import type { Timing } from './timing';

/** How long a batch of results waits for more. */
const LINGER = 20;
const PAUSE = 1000;

/**
 * The leases of the forwards that this gateway has claimed: they are renewed
 * until the forward is put back, or the result of an attempt is recorded.
 */
export class Leases {
  /** Until when each lease is surely ours, as `performance.now()`. */
  readonly #until = new Map<Claim, number>();
  readonly #timer: NodeJS.Timeout;
  readonly #results;
  #renewing: Promise<void> | undefined;
  #isClosing = false;

  /** `lease` is in milliseconds. */
  constructor(
    readonly outbox: Outbox,
    readonly lease: number,
    readonly log: Logger,
  ) {
    // Recorded one by one, each result would cost a sync of the disk.
    this.#results = createBatcher<AttemptResult, void>(
      results => this.#record(results),
      { linger: LINGER },
    );
    this.#timer = setInterval(() => {
      this.#renewing ??= this.#renew().finally(
        () => (this.#renewing = undefined),
      );
    }, lease / 3);
  }

  /** `askedAt`: when they were asked for. */
  add(claims: Claim[], askedAt: number): void {
    for (const claim of claims) this.#until.set(claim, askedAt + this.lease);
  }

  /** Whether a forward is still ours; what another gateway may have claimed is not sent. */
  has(claim: Claim): boolean {
    return (this.#until.get(claim) ?? 0) > performance.now();
  }

  drop(claim: Claim): void {
    this.#until.delete(claim);
  }

  /** Returns when the result of an attempt is recorded, or the gateway stops without. */
  async settle(claim: Claim, result: AttemptResult): Promise<void> {
    await this.#results.add(result);
    this.drop(claim);
  }

  /** Puts back what was not tried. */
  async release(claims: Claim[]): Promise<void> {
    const ours = claims.filter(claim => this.#until.delete(claim));
    if (ours.length > 0) await this.outbox.release(ours);
  }

  /** Records what came of attempts, as far as it can be, and puts back the rest. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#results.drain();
    clearInterval(this.#timer);
    await this.#renewing;
    try {
      await this.release([...this.#until.keys()]);
    } catch (err) {
      // Another gateway claims them when the leases end.
      this.log.warn({ err }, 'forwards cannot be put back');
    }
  }

  /** A delivery that is not recorded would be made again, so it is tried until the database can be reached. */
  async #record(results: AttemptResult[]): Promise<void[]> {
    for (;;) {
      try {
        await this.outbox.record(results);
        return [];
      } catch (err) {
        const attempts = results.length;
        this.log.warn({ err, attempts }, 'attempts cannot be noted yet');
        if (this.#isClosing) return [];
        await sleep(PAUSE);
      }
    }
  }

  async #renew(): Promise<void> {
    const claims = [...this.#until.keys()];
    if (claims.length === 0) return;
    const askedAt = performance.now();
    try {
      const ours = await this.outbox.renew(claims);
      for (const claim of claims) {
        if (!ours.has(claim.id)) this.drop(claim);
        else if (this.#until.has(claim)) this.add([claim], askedAt);
      }
    } catch (err) {
      this.log.warn({ err }, 'leases cannot be renewed');
    }
  }
}

/** What came of an attempt, and when it began; times are milliseconds of a steady clock. */
export type Attempt = {
  claim: Claim;
  outcome: Outcome;
  startedAt: number;
  duration: number;
};

type Rules = { breaker: CircuitBreaker; timing: Timing; giveUpAfter: number };

/** What to record of an attempt that failed; the circuit breaker hears of it. */
export function resultOfFailure(
  attempt: Attempt & { outcome: Failure },
  { breaker, timing, giveUpAfter }: Rules,
): AttemptResult {
  const { claim, outcome, startedAt } = attempt;
  const asked = Math.min((outcome.retryAfter ?? 0) * 1000, timing.longestDelay);
  const isForAll = asksToWait(outcome);
  if (!isAboutBody(outcome) || breaker.isOpen) {
    breaker.fail(startedAt, isForAll ? asked : 0);
  }
  // While the destination is down no message's time runs out.
  const isOwn = isAboutBody(outcome) || !breaker.isOpen;
  const tries = claim.tries + (isOwn ? 1 : 0);
  const isDead = isOwn && waitedAfter(tries, timing) >= giveUpAfter;
  const own = isOwn ? delayAfter(tries, timing) : 0;
  return {
    ...columnsOf(attempt),
    state: isDead ? 'dead' : 'waiting',
    tries,
    delay: Math.max(own, isForAll ? 0 : asked) / 1000,
    code: outcome.code,
    work_order_id: null,
  };
}

/** What to record of an attempt that was delivered. */
export function resultOfDelivery(
  attempt: Attempt,
  workOrderId: string | undefined,
): AttemptResult {
  return {
    ...columnsOf(attempt),
    state: 'delivered',
    tries: attempt.claim.tries,
    delay: 0,
    code: null,
    work_order_id: clip(workOrderId),
  };
}

function columnsOf({ claim, outcome, duration }: Attempt) {
  return {
    id: claim.id,
    lease: claim.lease,
    duration_ms: Math.round(duration),
    status: outcome.statusCode ?? null,
    content_type: clip(outcome.contentType),
  };
}

/** A text of another system: short, and nothing that a database refuses. */
function clip(text: string | undefined): string | null {
  return text?.replace(/[^\x20-\x7e]/g, '').slice(0, 200) || null;
}
