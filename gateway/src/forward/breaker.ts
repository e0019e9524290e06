import { delayAfter } from './pace';
import type { Pace } from './pace';

/** How OpenFn is doing, as far as this gateway can tell. Times are milliseconds. */
export interface Breaker {
  readonly isTroubled: boolean;
  /** Whether it has been troubled for so long that it is no single event's fault. */
  readonly isOutage: boolean;
  /** Until when to leave OpenFn alone. */
  readonly pausedUntil: number;
  /** Notes a failure; `atLeast` is how long OpenFn asked to wait. */
  fail(now: number, atLeast: number): void;
  /** Notes a success; returns how long the trouble lasted, if there was any. */
  succeed(now: number): number | undefined;
}

const FAILURES_OF_OUTAGE = 3;

export function createBreaker(pace: Pace): Breaker {
  let failures = 0;
  let began = 0;
  let pausedUntil = 0;
  return {
    get isTroubled() {
      return failures > 0;
    },
    get isOutage() {
      return failures >= FAILURES_OF_OUTAGE;
    },
    get pausedUntil() {
      return pausedUntil;
    },
    fail(now, atLeast) {
      if (failures === 0) began = now;
      failures += 1;
      const pause = Math.min(delayAfter(failures, pace), pace.longestPause);
      pausedUntil = now + Math.max(pause, atLeast);
    },
    succeed(now) {
      const wasTroubled = failures > 0;
      failures = 0;
      return wasTroubled ? now - began : undefined;
    },
  };
}
