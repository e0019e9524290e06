import type { CircuitBreaker } from './circuit-breaker';
import { asksToWait, isAboutBody } from './outcome';
import type { Failure, Outcome } from './outcome';
import type { Parcel, Result } from './outbox';
import { delayAfter, waitedAfter } from './pace';
import type { Pace } from './pace';

/** What came of an attempt, and when it began; times are milliseconds of a steady clock. */
export type Attempt = {
  parcel: Parcel;
  outcome: Outcome;
  startedAt: number;
  duration: number;
};

type Rules = { breaker: CircuitBreaker; pace: Pace; giveUpAfter: number };

/** What to note of an attempt that failed; the circuit breaker hears of it. */
export function failedResult(
  attempt: Attempt & { outcome: Failure },
  { breaker, pace, giveUpAfter }: Rules,
): Result {
  const { parcel, outcome, startedAt } = attempt;
  const asked = Math.min((outcome.retryAfter ?? 0) * 1000, pace.longestDelay);
  const isForAll = asksToWait(outcome);
  if (!isAboutBody(outcome) || breaker.isOpen) {
    breaker.fail(startedAt, isForAll ? asked : 0);
  }
  // While the destination is down no message's time runs out.
  const isOwn = isAboutBody(outcome) || !breaker.isOpen;
  const tries = parcel.tries + (isOwn ? 1 : 0);
  const isDead = isOwn && waitedAfter(tries, pace) >= giveUpAfter;
  const own = isOwn ? delayAfter(tries, pace) : 0;
  return {
    ...factsOf(attempt),
    state: isDead ? 'dead' : 'waiting',
    tries,
    delay: Math.max(own, isForAll ? 0 : asked) / 1000,
    code: outcome.code,
    work_order_id: null,
  };
}

/** What to note of an attempt that was delivered. */
export function deliveredResult(
  attempt: Attempt,
  workOrderId: string | undefined,
): Result {
  return {
    ...factsOf(attempt),
    state: 'delivered',
    tries: attempt.parcel.tries,
    delay: 0,
    code: null,
    work_order_id: clip(workOrderId),
  };
}

function factsOf({ parcel, outcome, duration }: Attempt) {
  return {
    id: parcel.id,
    lease: parcel.lease,
    duration_ms: Math.round(duration),
    status: outcome.statusCode ?? null,
    content_type: clip(outcome.contentType),
  };
}

/** A text of another system: short, and nothing that a database refuses. */
function clip(text: string | undefined): string | null {
  return text?.replace(/[^\x20-\x7e]/g, '').slice(0, 200) || null;
}
