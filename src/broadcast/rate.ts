/** The rate at which messages may go out just now. */
export type Rate = {
  /** Messages a second. */
  now: () => number;
  /** Halves the rate; once for all tries that began before the halved rate has been kept for a second. Whether it did. */
  slowDown: (tryBegan: number) => boolean;
};

const SECOND = 1000;
/** From nothing to the whole rate in this time, so from half of it in half the time. */
const CLIMB = 20_000;
/** The lowest rate, as a part of the whole one. */
const LOWEST = 1 / 16;

/** Halves when Meta refuses for the rate, and climbs back in a straight line. */
export function createRate(time: () => number, wholeNow: () => number): Rate {
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
