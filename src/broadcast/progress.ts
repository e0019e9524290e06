import { log } from '../core/log';
import type { BroadcastProgress } from '../types';
import type { Clock } from './pacing/clock';
import type { Outcome } from './outcome';
import { progressOf } from './tally';
import type { Tally } from './tally';

/** Tells how far a broadcast is: counts in the log, and rows to the job that asks for them. */
export type Progress = { tell: (outcome: Outcome) => void; end: () => void };

const EVERY = 5000;
const SHARE = 1 / 10;

export function createProgress(
  clock: Clock,
  tally: Tally,
  items: number,
  onProgress: ((progress: BroadcastProgress) => unknown) | undefined,
): Progress {
  const call = guarded(onProgress);
  const began = clock.now();
  let told = 0;
  let toldAt = began;
  const now = () => progressOf(tally, items, clock.now() - began);

  const write = () => {
    const progress = now();
    told = progress.done;
    toldAt = clock.now();
    log(lineOf(progress));
  };
  // The end has a line of its own.
  const isDue = (done: number) =>
    done < items &&
    (done - told >= items * SHARE || clock.now() - toldAt >= EVERY);
  // Also says that nothing moves, while it waits for something.
  const timer = setInterval(() => {
    if (clock.now() - toldAt >= EVERY) write();
  }, EVERY / 5);

  const tell = (outcome: Outcome) => {
    if (!('row' in outcome) || outcome.kind === 'dry') return;
    if (outcome.kind === 'skipped') return;
    if (isDue(tally.sent + tally.failed + tally.unknown)) write();
    if (onProgress === undefined) return;
    const { kind, row } = outcome;
    call({ ...now(), outcome: kind, row });
  };
  return { tell, end: () => clearInterval(timer) };
}

function lineOf(progress: ReturnType<typeof progressOf>): string {
  const { items, done, failed, unknown, perSecond, secondsLeft } = progress;
  // Before anything is done nobody knows how long it takes.
  const rest = done > 0 ? `, ${perSecond} a second, ${secondsLeft} s left` : '';
  return `broadcast: ${done} of ${items} done, ${failed} failed, ${unknown} unknown${rest}`;
}

/** What the job does with it must not keep the rest from being sent. */
function guarded(
  onProgress: ((progress: BroadcastProgress) => unknown) | undefined,
): (progress: BroadcastProgress) => void {
  let hasFailed = false;
  const complain = () => {
    if (!hasFailed) log('broadcast: the function onProgress failed');
    hasFailed = true;
  };
  return progress => {
    try {
      Promise.resolve(onProgress?.(progress)).catch(complain);
    } catch {
      complain();
    }
  };
}
