import type { Logger } from '../core/logger';
import type { Metrics } from '../core/metrics';
import type { Database } from '../database/database';
import { deleteOld } from './retention';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

type Parts = {
  database: Database;
  retentionDays: number;
  log: Logger;
  metrics: Metrics;
};

/** Starts what has to be done from time to time; returns how to end it. */
export function startMaintenance(parts: Parts): () => Promise<void> {
  const { database } = parts;
  const jobs = [
    repeat(HOUR, isStart => clean(parts, isStart), parts.log),
    repeat(MINUTE, () => correctTimes(database), parts.log),
  ];
  if (database.isEmbedded) {
    jobs.push(repeat(MINUTE, () => tidy(database), parts.log));
  }
  return async () => {
    await Promise.all(jobs.map(stop => stop()));
  };
}

async function clean(parts: Parts, isStart: boolean): Promise<void> {
  const { database, retentionDays, log, metrics } = parts;
  const deleted = await deleteOld(database, retentionDays);
  // It reads large parts of the tables, and webhooks wait meanwhile: not at each start.
  if (database.isEmbedded && !isStart) {
    for (const table of TABLES) {
      await database.query(`VACUUM (ANALYZE) whatsapp_gateway.${table}`);
    }
  }
  const counts = Object.entries(deleted).filter(([, count]) => count > 0);
  if (counts.length === 0) return;
  for (const [table, count] of counts) metrics.deleted.inc({ table }, count);
  const { events, forwards, quarantine } = deleted;
  const rows = {
    eventRows: events,
    forwardRows: forwards,
    bodyRows: quarantine,
  };
  log.info({ ...rows, days: retentionDays }, 'old data was deleted');
}

/**
 * A PostgreSQL server does this by itself, the embedded one never: free the
 * space of deleted rows where many come and go, and let the log of changes
 * start anew. It would grow without end. Often, because meanwhile webhooks wait.
 */
async function tidy(database: Database): Promise<void> {
  await database.query('VACUUM whatsapp_gateway.forwards');
  await database.query('CHECKPOINT');
}

const TABLES = [
  ...['events', 'people', 'messages', 'conversations'],
  ...['forwards', 'event_forwards', 'attempts', 'quarantine', 'route_runs'],
];

/**
 * What was tried in the future was tried before the clock was set back, and is
 * due at once: else it would wait until the clock is there again.
 */
async function correctTimes(database: Database): Promise<void> {
  await database.query(
    `UPDATE whatsapp_gateway.forwards SET due_at = now(), last_attempt_at = now()
     WHERE state = 'waiting' AND tries > 0 AND last_attempt_at > now()`,
  );
}

/** Runs at once, then again and again, never twice at the same time. */
function repeat(
  every: number,
  work: (isStart: boolean) => Promise<void>,
  log: Logger,
): () => Promise<void> {
  let running: Promise<void> | undefined;
  const run = (isStart = false) => {
    running ??= work(isStart)
      .catch((err: unknown) => log.warn({ err }, 'maintenance failed'))
      .finally(() => (running = undefined));
  };
  const timer = setInterval(run, every);
  run(true);
  return async () => {
    clearInterval(timer);
    await running;
  };
}
