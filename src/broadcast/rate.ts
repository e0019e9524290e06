import type { Clock } from './clock';

/** The rate at which messages may go out just now. */
export type Rate = {
  /** Messages a second. */
  now: () => number;
  /** Halves the rate; once for all tries that began before the halved rate has been kept for a second. */
  slowDown: (tryBegan: number) => void;
  /** How often it was halved. */
  halved: () => number;
};

const SECOND = 1000;
/** From nothing to the whole rate in this time, so from half of it in half the time. */
const CLIMB = 20_000;
/** The lowest rate, as a part of the whole one. */
const LOWEST = 1 / 16;

/** Halves when Meta refuses for the rate, and climbs back in a straight line. */
export function createRate(clock: Clock, whole: number): Rate {
  let low = whole;
  let halvedAt = -Infinity;
  let times = 0;

  const now = () => {
    const calm = clock.now() - halvedAt;
    return Math.min(whole, low + (whole * calm) / CLIMB);
  };
  const slowDown = (tryBegan: number) => {
    if (tryBegan < halvedAt + SECOND) return;
    low = Math.max(whole * LOWEST, now() / 2);
    halvedAt = clock.now();
    times++;
  };
  return { now, slowDown, halved: () => times };
}
