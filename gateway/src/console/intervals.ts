import { BUCKETS } from '../core/metrics';
import type { Interval, Span } from './api';

/** What a gateway counted since its sample before. */
export type Sample = {
  at: Date;
  /** By kind. */
  events: Record<string, number>;
  /** By result: `delivered`, or the code of a failure. */
  forwards: Record<string, number>;
  /** How many requests of Meta were answered within each of the buckets. */
  webhook: number[];
  /** The same of requests to destinations. */
  forward: number[];
};

export type Summary = {
  events: Record<string, number>;
  delivered: number;
  failed: number;
  intervals: Interval[];
};

const MINUTE = 60_000;

/** How many intervals a span has, and how long one is. */
const PARTS: Record<Span, [count: number, length: number]> = {
  hour: [60, MINUTE],
  day: [48, 30 * MINUTE],
  week: [84, 120 * MINUTE],
};

/** Adds up what all gateways counted, in pieces of the same length until now. */
export function intervalsOf(
  samples: Sample[],
  span: Span,
  now = Date.now(),
): Summary {
  const [count, length] = PARTS[span];
  const last = Math.floor(now / length);
  const groups = Array.from({ length: count }, (): Sample[] => []);
  for (const sample of samples) {
    // Clocks of gateways and database differ a little.
    const place = Math.min(last, Math.floor(sample.at.getTime() / length));
    groups[place - last + count - 1]?.push(sample);
  }
  const intervals = groups.map((group, i) =>
    intervalOf(group, (last - count + 1 + i) * length),
  );
  const events = addUpLabels(groups.flat().map(sample => sample.events));
  const total = (name: 'delivered' | 'failed') =>
    sum(intervals.map(interval => interval[name]));
  return {
    ...{ events, intervals },
    ...{ delivered: total('delivered'), failed: total('failed') },
  };
}

function intervalOf(samples: Sample[], at: number): Interval {
  const forwards = samples.flatMap(sample => Object.entries(sample.forwards));
  const count = (isWanted: (result: string) => boolean) =>
    sum(forwards.map(([result, value]) => (isWanted(result) ? value : 0)));
  const webhook = addUp(samples.map(sample => sample.webhook));
  const forward = addUp(samples.map(sample => sample.forward));
  return {
    at: new Date(at).toISOString(),
    events: sum(samples.flatMap(sample => Object.values(sample.events))),
    delivered: count(result => result === 'delivered'),
    failed: count(result => result !== 'delivered'),
    ...optional('webhookP50', quantile(webhook, 0.5)),
    ...optional('webhookP95', quantile(webhook, 0.95)),
    ...optional('forwardP50', quantile(forward, 0.5)),
    ...optional('forwardP95', quantile(forward, 0.95)),
  };
}

const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);

const optional = (name: string, value: number | undefined) =>
  value === undefined ? {} : { [name]: value };

export function addUpLabels(
  counts: Record<string, number>[],
): Record<string, number> {
  const totals: Record<string, number> = {};
  for (const [label, value] of counts.flatMap(Object.entries<number>)) {
    totals[label] = (totals[label] ?? 0) + value;
  }
  return totals;
}

/** Adds up the counts of each bucket. */
export function addUp(lists: number[][]): number[] {
  return Array.from({ length: BUCKETS.length + 1 }, (_, i) =>
    sum(lists.map(list => list[i] ?? 0)),
  );
}

/** Seconds within which this part was done: between the ends of its bucket, as Prometheus has it. */
export function quantile(counts: number[], part: number): number | undefined {
  const total = counts.at(-1) ?? 0;
  if (total === 0) return undefined;
  const rank = total * part;
  const place = counts.findIndex(count => count >= rank);
  const end = BUCKETS[place];
  if (end === undefined) return BUCKETS.at(-1);
  const start = BUCKETS[place - 1] ?? 0;
  const before = counts[place - 1] ?? 0;
  const inside = (counts[place] ?? 0) - before;
  return start + ((end - start) * (rank - before)) / inside;
}
