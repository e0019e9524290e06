import { log } from '../core/log';
import type {
  BroadcastFailure,
  BroadcastProgress,
  BroadcastResult,
  BroadcastSummary,
  FailedRow,
  StopReason,
} from '../types';
import { stopReasonOf } from './error-scope';
import type { Outcome } from './outcome';
import type { Clock } from './pacing/clock';
import type { RunState } from './run-state';

/** Counts of a broadcast while it runs. */
export type Counters = Record<Outcome['kind'], number>;

export const createCounters = (): Counters => ({
  sent: 0,
  failed: 0,
  unknown: 0,
  held: 0,
  dry: 0,
  skipped: 0,
});

/** How far a broadcast is; `elapsed` in milliseconds. */
export function progressOf(
  { sent, failed, unknown, held, dry, skipped }: Counters,
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
const perSecondOf = (count: number, milliseconds: number) =>
  milliseconds > 0 ? Math.round((count / milliseconds) * 10_000) / 10 : 0;

/** Reports how far a broadcast is: counts in the log, and rows to the job that asks for them. */
export type Progress = { report: (outcome: Outcome) => void; end: () => void };

/** A line is due after so many milliseconds, or so much of the items. */
const EVERY = 5000;
const SHARE = 1 / 10;

export function createProgress(
  clock: Clock,
  counters: Counters,
  items: number,
  onProgress: ((progress: BroadcastProgress) => unknown) | undefined,
): Progress {
  const call = guard(onProgress);
  const began = clock.now();
  let reported = 0;
  let reportedAt = began;
  const now = () => progressOf(counters, items, clock.now() - began);

  const write = () => {
    const progress = now();
    reported = progress.done;
    reportedAt = clock.now();
    log(progressLine(progress));
  };
  // The end has a line of its own.
  const isDue = (done: number) =>
    done < items &&
    (done - reported >= items * SHARE || clock.now() - reportedAt >= EVERY);
  // Also says that nothing moves, while it waits for something.
  const timer = setInterval(() => {
    if (clock.now() - reportedAt >= EVERY) write();
  }, EVERY / 5);

  const report = (outcome: Outcome) => {
    if (!('row' in outcome) || outcome.kind === 'dry') return;
    if (outcome.kind === 'skipped') return;
    if (isDue(counters.sent + counters.failed + counters.unknown)) write();
    if (onProgress === undefined) return;
    const { kind, row } = outcome;
    call({ ...now(), outcome: kind, row });
  };
  return { report, end: () => clearInterval(timer) };
}

function progressLine(progress: ReturnType<typeof progressOf>): string {
  const { items, done, failed, unknown, perSecond, secondsLeft } = progress;
  // Before anything is done, the time left is unknown.
  const rest = done > 0 ? `, ${perSecond} a second, ${secondsLeft} s left` : '';
  return `broadcast: ${done} of ${items} done, ${failed} failed, ${unknown} unknown${rest}`;
}

/** A callback of the job that fails must not keep the rest from being sent. */
function guard(
  onProgress: ((progress: BroadcastProgress) => unknown) | undefined,
): (progress: BroadcastProgress) => void {
  let hasFailed = false;
  const logFailure = () => {
    if (!hasFailed) log('broadcast: the function onProgress failed');
    hasFailed = true;
  };
  return progress => {
    try {
      Promise.resolve(onProgress?.(progress)).catch(logFailure);
    } catch {
      logFailure();
    }
  };
}

/** The counts of a broadcast that has ended. */
export function summaryOf(
  { responseTimes, repeated, pacer, cause, hasHeld, isDry }: RunState,
  counters: Counters,
  lists: Pick<BroadcastResult, 'failed' | 'skipped'>,
  duration: number,
): BroadcastSummary {
  const { failed, skipped } = lists;
  const { sent, unknown, held, dry } = counters;
  const remaining = held + dry;
  return {
    items: sent + failed.length + unknown + remaining + skipped.length,
    sent,
    failed: failed.length,
    unknown,
    remaining,
    skipped: skipped.length,
    duplicates: skipped.filter(({ reason }) => reason === 'DUPLICATE').length,
    duration: Math.round(duration),
    perSecond: perSecondOf(sent, duration),
    answers: answersOf(responseTimes),
    repeated,
    slowed: pacer.tokens.halved,
    failures: failuresIn(failed),
    ...(held > 0 && { stopped: stopReasonOf(cause, hasHeld) }),
    ...(isDry && { dryRun: true }),
  };
}

/** Failures by code, the most frequent first, each in the words of its first. */
export function failuresIn(rows: FailedRow[]): BroadcastFailure[] {
  const byCode = new Map<string, BroadcastFailure>();
  for (const { error } of rows) {
    const { code, metaCode, description, fix } = error;
    const name = `${code} ${metaCode}`;
    const meta = metaCode === undefined ? {} : { metaCode };
    const known = byCode.get(name);
    if (known !== undefined) known.count++;
    else byCode.set(name, { code, ...meta, count: 1, description, fix });
  }
  return [...byCode.values()].sort((a, b) => b.count - a.count);
}

/** The last line of the log: counts, and the code of the reason. */
export function summaryLine(summary: BroadcastSummary): string {
  const { sent, failed, unknown, remaining, skipped } = summary;
  const seconds = Math.round(summary.duration / 100) / 10;
  return [
    `broadcast: ${sent} sent, ${failed} failed, ${unknown} unknown, ${remaining} remaining`,
    ...(skipped > 0 ? [`, ${skipped} skipped`] : []),
    ` in ${seconds} s`,
    ...(summary.stopped ? [`; stopped: ${nameOf(summary.stopped)}`] : []),
    ...(summary.dryRun ? ['; a dry run'] : []),
  ].join('');
}

const nameOf = ({ code, metaCode }: StopReason) =>
  metaCode === undefined ? code : `${code} (${metaCode})`;

function answersOf(responseTimes: number[]) {
  const sorted = Float64Array.from(responseTimes).sort();
  const at = (index: number) => Math.round(sorted[index] ?? 0);
  return {
    median: at(Math.floor(sorted.length / 2)),
    slowest: at(sorted.length - 1),
  };
}
