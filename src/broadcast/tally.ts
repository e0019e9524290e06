import type { BroadcastProgress } from '../types';
import type { Outcome } from './outcome';

/** Counts of a broadcast while it runs. */
export type Tally = Record<Outcome['kind'], number>;

export const newTally = (): Tally => ({
  sent: 0,
  failed: 0,
  unknown: 0,
  held: 0,
  dry: 0,
  skipped: 0,
});

/** How far a broadcast is; `elapsed` in milliseconds. */
export function progressOf(
  { sent, failed, unknown, held, dry, skipped }: Tally,
  items: number,
  elapsed: number,
): Omit<BroadcastProgress, 'outcome' | 'row'> {
  const done = sent + failed + unknown;
  const left = items - done - held - dry - skipped;
  const perSecond = perSecondOf(done, elapsed);
  // Not from the rounded rate, which may be none: one message a minute takes long.
  const secondsLeft = done > 0 ? Math.ceil((left * elapsed) / done / 1000) : 0;
  return { items, done, sent, failed, unknown, perSecond, secondsLeft };
}

/** A rate with one decimal. */
export const perSecondOf = (count: number, milliseconds: number) =>
  milliseconds > 0 ? Math.round((count / milliseconds) * 10_000) / 10 : 0;
