import { statfs } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayError, codeOf } from '../errors';
import type { Logger } from '../logger';
import type { Database } from './database';
import { probeSchema } from './migrations';

/** Whether webhooks can be stored. */
export interface StorageMonitor {
  /** Why not, as far as is known; undefined when all is well. */
  readonly problem: GatewayError | undefined;
  /** Fails when the disk is nearly full, so that nothing new is taken. */
  checkSpace: () => void;
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
  patience?: number;
};

const EVERY = 2_000;
const PATIENCE = 5_000;
const MB = 1024 * 1024;

/** Writes a row from time to time, and looks at the space that is left on the disk. */
export async function watchStorage(parts: Parts): Promise<StorageMonitor> {
  const { every = EVERY, patience = PATIENCE, log } = parts;
  let problem: GatewayError | undefined;
  let checking: Promise<void> | undefined;
  const note = (next: GatewayError | undefined) => {
    const isNew = next?.code !== problem?.code;
    problem = next;
    if (!isNew) return;
    if (next) log.error({ err: next }, 'webhooks cannot be stored');
    else log.info('webhooks can be stored again');
    parts.onChange?.(next);
  };
  /** A check that hangs goes on; until it ends, there is a problem. */
  const check = async () => {
    checking ??= findProblem(parts)
      .then(note)
      .finally(() => (checking = undefined));
    const timer = new AbortController();
    const late = sleep(patience, hangs, timer).catch(() => undefined);
    const isLate = await Promise.race([checking, late]);
    timer.abort();
    if (isLate) note(isLate());
  };
  await check();
  const timer = setInterval(() => void check(), every).unref();
  return {
    get problem() {
      return problem;
    },
    checkSpace() {
      if (problem?.code === 'STORAGE_FULL') throw problem;
    },
    stop: () => clearInterval(timer),
  };
}

async function findProblem({
  database,
  folder,
  minFreeMb,
}: Parts): Promise<GatewayError | undefined> {
  try {
    const free = folder === undefined ? Infinity : await freeMb(folder);
    if (free < minFreeMb) return full(Math.floor(free), minFreeMb);
    return await probeSchema(database);
  } catch (error) {
    return error instanceof GatewayError ? error : failed(error);
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

const failed = (cause: unknown) =>
  new GatewayError(
    'STORAGE_FAILED',
    `Nothing can be written to the store: ${codeOf(cause) ?? 'no code'}.`,
    'Check the disk of GATEWAY_DATA, or the server of DATABASE_URL and its disk.',
    cause,
  );
