import type { Certainty, Refusal } from './wire';
import type { Retry } from '../types';
import { refuse } from '../core/errors';

/** How a call is repeated. */
export type RetryPolicy = Required<{
  [K in keyof Retry]: NonNullable<Retry[K]>;
}> & {
  /** The job gave the delay itself, so it wins over Meta's usual waits. */
  isDelayGiven: boolean;
};

/** Which failures are repeated. A send has no idempotency key: only what is certain is repeated. */
const REPEATED: Record<RetryPolicy['on'], readonly Certainty[]> = {
  refused: ['refused', 'unsent'],
  transient: ['refused', 'unsent', 'unknown'],
  all: ['refused', 'unsent', 'unknown', 'final'],
};

/** Seconds to wait after Meta's code, before the try after `attempt`. */
const WAITS: Record<number, (attempt: number) => number> = {
  131056: attempt => 4 ** attempt,
  131057: () => 60,
  134101: () => 600,
};

const ATTEMPTS = 4;
const DELAY = 1000;
// A run has 300 s: whoever has to wait longer than this is told so instead.
const LONGEST_WAIT = 90_000;

/** The policy of a call: careful for sends, generous for what may be repeated. */
export function readRetryPolicy(
  isIdempotent: boolean,
  retry: Retry | false | undefined,
): RetryPolicy {
  const given = retry === false ? { attempts: 1 } : (retry ?? {});
  const policy: RetryPolicy = {
    attempts: given.attempts ?? ATTEMPTS,
    delay: given.delay ?? DELAY,
    backoff: given.backoff ?? 'exponential',
    on: given.on ?? (isIdempotent ? 'transient' : 'refused'),
    isDelayGiven: given.delay !== undefined,
  };
  if (retry) checkPolicy(given, policy);
  return policy;
}

const FIELDS = ['attempts', 'delay', 'backoff', 'on'];

function checkPolicy(
  given: Retry,
  { attempts, delay, backoff, on }: RetryPolicy,
): void {
  const isRight =
    typeof given === 'object' &&
    Object.keys(given).every(name => FIELDS.includes(name)) &&
    Number.isInteger(attempts) &&
    attempts >= 1 &&
    Number.isFinite(delay) &&
    delay >= 0 &&
    ['exponential', 'fixed'].includes(backoff) &&
    typeof on === 'string' &&
    Object.hasOwn(REPEATED, on);
  if (isRight) return;
  refuse(
    'INVALID_OPTIONS',
    'The option retry has a value that it cannot have.',
    "Write it as { attempts: 4, delay: 1000, backoff: 'exponential' or 'fixed', on: 'refused', 'transient' or 'all' }, or false.",
  );
}

/**
 * Milliseconds to wait before the next try, or undefined when there is none.
 * `attempt` is the number of tries made; `random` is between 0 and 1.
 */
export function waitBeforeRepeat(
  policy: RetryPolicy,
  attempt: number,
  { certainty, metaCode, retryAfter }: Refusal,
  random: number,
): number | undefined {
  if (attempt >= policy.attempts) return undefined;
  if (!REPEATED[policy.on].includes(certainty)) return undefined;
  const wait = Math.max(
    backoff(policy, attempt, metaCode, random),
    (retryAfter ?? 0) * 1000,
  );
  return wait > LONGEST_WAIT ? undefined : wait;
}

function backoff(
  policy: RetryPolicy,
  attempt: number,
  metaCode: number | undefined,
  random: number,
): number {
  const known = WAITS[metaCode ?? NaN];
  if (known && !policy.isDelayGiven) return known(attempt) * 1000;
  if (policy.backoff === 'fixed') return policy.delay;
  // Jitter, so that a thousand sends do not come back in the same moment.
  return policy.delay * 2 ** (attempt - 1) * (0.5 + random / 2);
}
