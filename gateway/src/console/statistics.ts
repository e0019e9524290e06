import { randomUUID } from 'node:crypto';
import type { Counter, Histogram } from 'prom-client';
import type { Logger } from '../core/logger';
import type { Metrics } from '../core/metrics';
import type { Database, Session } from '../database/database';
import { createCompactor } from './compact-statistics';
import { intervalsOf } from './intervals';
import type { Sample, Summary } from './intervals';
import type { Span } from './api';

/** What a gateway counts, kept over restarts, for the charts of the console. */
export interface Statistics {
  /** What all gateways counted until now. */
  read(session: Session, span: Span): Promise<Summary>;
  /** Keeps what was counted last. */
  stop(): Promise<void>;
}

type Parts = { database: Database; metrics: Metrics; log: Logger };

type Counts = Omit<Sample, 'at'>;
type Row = { at: Date; counts: Counts };

const MINUTE = 60_000;
const TABLE = 'whatsapp_gateway.statistics';

const INSERT = `INSERT INTO ${TABLE} (gateway, counts) VALUES ($1, $2)`;
const DELETE = `DELETE FROM ${TABLE} WHERE at < now() - interval '8 days'`;

const HOURS: Record<Span, number> = { hour: 1, day: 24, week: 7 * 24 };

const SELECT = `SELECT at, counts FROM ${TABLE}
  WHERE at > now() - $1 * interval '1 hour' ORDER BY at`;

/** Writes what was counted each minute, and nothing when nothing happened. */
export async function keepStatistics({
  database,
  metrics,
  log,
}: Parts): Promise<Statistics> {
  const gateway = randomUUID();
  let kept = await countOf(metrics); // Before, another store may have been used.
  const compact = createCompactor(database, gateway);

  async function keep(): Promise<void> {
    const current = await countOf(metrics);
    const counts = difference(current, kept);
    if (isNothing(counts)) return;
    await database.transactionAsyncCommit(async session => {
      await session.query(INSERT, [gateway, JSON.stringify(counts)]);
      await session.query(DELETE);
    });
    kept = current;
    await compact();
  }

  // What cannot be kept now is kept with the next minute.
  const tryToKeep = () =>
    keep().catch((err: unknown) =>
      log.debug({ err }, 'the statistics cannot be kept'),
    );
  const timer = setInterval(() => void tryToKeep(), MINUTE);

  return {
    async read(session, span) {
      const samples = await readSamples(session, span);
      const latest = difference(await countOf(metrics), kept);
      return intervalsOf([...samples, { at: new Date(), ...latest }], span);
    },
    async stop() {
      clearInterval(timer);
      await tryToKeep();
    },
  };
}

async function readSamples(session: Session, span: Span): Promise<Sample[]> {
  const rows = await session.query<Row>(SELECT, [HOURS[span]]);
  return rows.map(({ at, counts }) => ({ at, ...counts }));
}

async function countOf(metrics: Metrics): Promise<Counts> {
  return {
    events: await labelsOf(metrics.events, 'kind'),
    forwards: await labelsOf(metrics.forwards, 'result'),
    webhook: await bucketsOf(metrics.webhookSeconds),
    forward: await bucketsOf(metrics.forwardSeconds),
  };
}

async function labelsOf<Label extends string>(
  counter: Counter<Label>,
  label: Label,
): Promise<Record<string, number>> {
  const { values } = await counter.get();
  return Object.fromEntries(
    values.map(({ labels, value }) => [String(labels[label]), value]),
  );
}

/** How many were at most as long as each bucket says. */
async function bucketsOf(histogram: Histogram): Promise<number[]> {
  const { values } = await histogram.get();
  return values
    .filter(({ metricName }) => metricName?.endsWith('_bucket'))
    .map(({ value }) => value);
}

function difference(current: Counts, before: Counts): Counts {
  const ofLabels = (name: 'events' | 'forwards') =>
    Object.fromEntries(
      Object.entries(current[name])
        .map(([key, value]) => [key, value - (before[name][key] ?? 0)] as const)
        .filter(([, value]) => value > 0),
    );
  const ofBuckets = (name: 'webhook' | 'forward') =>
    current[name].map((value, i) => value - (before[name][i] ?? 0));
  return {
    events: ofLabels('events'),
    forwards: ofLabels('forwards'),
    webhook: ofBuckets('webhook'),
    forward: ofBuckets('forward'),
  };
}

const isNothing = ({ events, forwards }: Counts) =>
  Object.keys(events).length + Object.keys(forwards).length === 0;
