import { delayAfter } from './pace';
import type { Pace } from './pace';

/**
 * Tells a destination that is down from a message that it refuses: only
 * failures in a row, with no success between them, open it. Times are
 * milliseconds of a clock that nobody can set back.
 */
export interface CircuitBreaker {
  /** Whether the destination is taken for down: only a probe is sent then. */
  readonly isOpen: boolean;
  /** How long to send nothing at all; 0 when a request may be sent. */
  readonly pause: number;
  /** For how long the destination has been down; 0 when it is not. */
  readonly downFor: number;
  /** Notes a failed request that began at a time; `asked` is how long the destination asked to wait. */
  fail(startedAt: number, asked?: number): void;
  /** Notes a success; returns how long the destination was down, if it was. */
  succeed(): number | undefined;
}

/** So many failures in a row may be those of single messages. */
const FREE_FAILURES = 5;

export function createCircuitBreaker(
  pace: Pace,
  clock: () => number = () => performance.now(),
): CircuitBreaker {
  let failures = 0;
  let firstAt = 0;
  let countedAt = -Infinity;
  let pausedUntil = -Infinity;
  const isOpen = () => failures > FREE_FAILURES;
  return {
    get isOpen() {
      return isOpen();
    },
    get pause() {
      return Math.max(0, pausedUntil - clock());
    },
    get downFor() {
      return isOpen() ? clock() - firstAt : 0;
    },
    fail(startedAt, asked = 0) {
      const now = clock();
      // Requests that were on the way together fail of the same outage.
      const isCounted = startedAt >= countedAt;
      if (failures === 0) firstAt = now;
      if (isCounted) failures += 1;
      if (asked > 0) failures = Math.max(failures, FREE_FAILURES + 1);
      if (isCounted) countedAt = now;
      const own = isCounted && isOpen() ? pauseAfter(failures, pace) : 0;
      if (isOpen()) {
        pausedUntil = Math.max(pausedUntil, now + Math.max(own, asked));
      }
    },
    succeed() {
      const downFor = isOpen() ? clock() - firstAt : undefined;
      failures = 0;
      pausedUntil = -Infinity;
      return downFor;
    },
  };
}

function pauseAfter(failures: number, pace: Pace): number {
  const delay = delayAfter(failures - FREE_FAILURES, pace);
  return Math.min(delay, pace.longestPause);
}
