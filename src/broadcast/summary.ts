import type {
  BroadcastFailure,
  BroadcastSummary,
  BroadcastResult,
  FailedRow,
  StopReason,
} from '../types';
import type { Course } from './course';
import { stopReasonOf } from './reason';
import { perSecondOf } from './tally';
import type { Tally } from './tally';

/** The counts of a broadcast that has ended. */
export function summaryOf(
  { exchanges, repeated, pacer, cause, hasHeld, isDry }: Course,
  tally: Tally,
  lists: Pick<BroadcastResult, 'failed' | 'skipped'>,
  duration: number,
): BroadcastSummary {
  const { failed, skipped } = lists;
  const { sent, unknown, held, dry } = tally;
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
    answers: answersOf(exchanges),
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
export function lineOf(summary: BroadcastSummary): string {
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

function answersOf(exchanges: number[]) {
  const sorted = Float64Array.from(exchanges).sort();
  const at = (index: number) => Math.round(sorted[index] ?? 0);
  return {
    median: at(Math.floor(sorted.length / 2)),
    slowest: at(sorted.length - 1),
  };
}
