import { statfs } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayError, codeOf } from '../core/errors';
import type { Logger } from '../core/logger';
import type { Database } from '../database/database';
import { probeSchema } from '../schema/migrations';
import { isAboutData } from './webhook-store';

/** Whether webhooks can be stored. */
export interface StorageMonitor {
  /** Why not, as far as is known; undefined when all is well. */
  problem: GatewayError | undefined;
  /** Notes why webhooks could not be written, unless it was for one of them. */
  noteFailure: (error: unknown) => void;
  stop: () => void;
}

type Parts = {
  database: Database;
  /** The folder of the embedded store; undefined for a server. */
  folder: string | undefined;
  minFreeMb: number;
  log: Logger;
  /** Called when storage begins to fail, and with undefined when it works again. */
  onChange?: ((problem: GatewayError | undefined) => void) | undefined;
  /** Milliseconds. */
  every?: number;
  timeout?: number;
};

const EVERY = 2_000;
const TIMEOUT = 5_000;
const MB = 1024 * 1024;

/** Writes a row from time to time, and looks at the space that is left on the disk. */
export async function watchStorage(parts: Parts): Promise<StorageMonitor> {
  const { every = EVERY, timeout = TIMEOUT } = parts;
  let failures = 0;
  /** So many of them were before a check that found nothing. */
  let settled = 0;
  const monitor: StorageMonitor = {
    problem: undefined,
    noteFailure(error) {
      if (isAboutData(error) || isRefusal(error)) return;
      failures += 1;
      note(monitor, problemOf(error), parts);
    },
    stop: () => clearInterval(timer),
  };
  let checking: Promise<void> | undefined;

  async function checkOnce(): Promise<void> {
    const known = failures;
    const problem = await findProblem(parts, known > settled);
    // A check tells nothing of what failed after it began.
    if (problem === undefined && failures > known) return;
    if (problem === undefined) settled = known;
    note(monitor, problem, parts);
  }

  /** A check that hangs goes on; until it ends, there is a problem. */
  async function check(): Promise<void> {
    checking ??= checkOnce().finally(() => (checking = undefined));
    const timer = new AbortController();
    const late = sleep(timeout, hangs, timer).catch(() => undefined);
    const isLate = await Promise.race([checking, late]);
    timer.abort();
    if (isLate) note(monitor, isLate(), parts);
  }

  await check();
  const timer = setInterval(() => void check(), every).unref();
  return monitor;
}

function note(
  monitor: StorageMonitor,
  problem: GatewayError | undefined,
  { log, onChange }: Parts,
): void {
  const isNew = problem?.code !== monitor.problem?.code;
  monitor.problem = problem;
  if (!isNew) return;
  if (problem) log.error({ err: problem }, 'webhooks cannot be stored');
  else log.info('webhooks can be stored again');
  onChange?.(problem);
}

async function findProblem(
  { database, folder, minFreeMb }: Parts,
  hasFailed: boolean,
): Promise<GatewayError | undefined> {
  try {
    const free = folder === undefined ? Infinity : await freeMb(folder);
    if (free < minFreeMb) return full(Math.floor(free), minFreeMb);
    const problem = await probeSchema(database);
    // A row has room in what the store has already; webhooks need more.
    if (problem === undefined && hasFailed) await probeSpace(database);
    return problem;
  } catch (error) {
    return problemOf(error);
  }
}

// A table takes its space from the disk at once, and gives it back at the end.
const PROBE_SPACE = `CREATE TEMPORARY TABLE gateway_space ON COMMIT DROP AS
  SELECT repeat('x', 1000) FROM generate_series(1, 1000)`;

const INSUFFICIENT_PRIVILEGE = '42501';

/** Fails when the store has no room for another megabyte. */
async function probeSpace(database: Database): Promise<void> {
  try {
    await database.transaction(session => session.query(PROBE_SPACE));
  } catch (error) {
    // A role that may not make such tables cannot tell.
    if (codeOf(error) !== INSUFFICIENT_PRIVILEGE) throw error;
  }
}

async function freeMb(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return (bavail * bsize) / MB;
}

const full = (free: number, floor: number) =>
  new GatewayError(
    'STORAGE_FULL',
    `The disk of GATEWAY_DATA has ${free} MB left, less than MIN_FREE_MB (${floor}).`,
    'Make space on the disk, or give it more. Meta sends the webhooks again, for up to 7 days.',
  );

const hangs = () =>
  new GatewayError(
    'STORAGE_STALLED',
    'The store does not answer.',
    'Check the disk of GATEWAY_DATA, or the server of DATABASE_URL.',
  );

/** What the gateway itself refuses, such as a body when the quarantine is full. */
const isRefusal = (error: unknown) =>
  error instanceof GatewayError && !error.code.startsWith('STORAGE_');

const problemOf = (error: unknown) =>
  error instanceof GatewayError ? error : failed(error);

const failed = (cause: unknown) =>
  new GatewayError(
    'STORAGE_FAILED',
    `Nothing can be written to the store: ${codeOf(cause) ?? 'no code'}.`,
    'Check the disk of GATEWAY_DATA, or the server of DATABASE_URL and its disk.',
    cause,
  );
