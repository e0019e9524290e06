import { refuse } from '../../core/errors';
import { readTime } from '../time';

const DAY = 24 * 60 * 60 * 1000;
const DEFAULT_DAYS = 30;

/** From when to when, in Unix seconds. */
export type Period = { start: number; end: number };

/** The time that is asked about: by default the 30 days until now. */
export function readPeriod(
  start: unknown,
  end: unknown,
  lookback: number,
  now: number,
): Period {
  const until = end === undefined ? now : readTime(end, 'The option end');
  const from =
    start === undefined
      ? until - DEFAULT_DAYS * DAY
      : readTime(start, 'The option start');
  if (from >= until) {
    refuse(
      'INVALID_TIME',
      'The option start is not before end.',
      'Exchange the two, or give a longer time.',
    );
  }
  // A day more, for whoever counts in another zone.
  if (from < now - (lookback + 1) * DAY) {
    refuse(
      'INVALID_TIME',
      `The option start is more than ${lookback} days ago, which is as far as Meta looks back.`,
      'Give a later start.',
    );
  }
  return { start: Math.floor(from / 1000), end: Math.ceil(until / 1000) };
}
