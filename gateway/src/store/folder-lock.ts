import { randomUUID } from 'node:crypto';
import {
  link,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { GatewayError, codeOf } from '../errors';

/** Who holds a folder. */
type Holder = { key: string; pid: number; host: string; started: string };

const BEAT = 2_000;
const SILENCE = 10_000;
const SETTLE = 50;

/** The keys of this process. */
const ours = new Set<string>();

/**
 * Takes a folder for this process alone: two on the same files would destroy
 * them. The lock of a process that was killed is taken over.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'gateway.lock');
  const key = randomUUID();
  const holder: Holder = {
    key,
    pid: process.pid,
    host: hostname(),
    started: await startOf(process.pid),
  };
  ours.add(key);
  for (let tries = 0; tries < 20; tries++) {
    if (await tryToLock(path, holder)) return keepAlive(path, key);
    const other = await readHolder(path);
    if (other === undefined) continue;
    if (await isAlive(other, path)) break;
    await takeAway(path, other);
  }
  ours.delete(key);
  throw inUse(folder, path);
}

async function tryToLock(path: string, holder: Holder): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(holder), { flag: 'wx', mode: 0o600 });
    // Somebody may just have taken it for the dead lock that was there before.
    await sleep(SETTLE);
    return (await readHolder(path))?.key === holder.key;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

async function readHolder(path: string): Promise<Holder | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Holder;
  } catch {
    // Cut off by a power failure: nobody's, unless it is being written now.
    return { key: text, pid: 0, host: '', started: '' };
  }
}

/** In another container the process cannot be seen, so its lock has to be kept fresh. */
async function isAlive(holder: Holder, path: string): Promise<boolean> {
  if (holder.host !== hostname()) {
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: 0 }));
    return Date.now() - mtimeMs < SILENCE;
  }
  if (holder.pid === process.pid) return ours.has(holder.key);
  return (
    isRunning(holder.pid) && (await startOf(holder.pid)) === holder.started
  );
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** When a process started, so that another one with its number is not taken for it; empty where nobody can tell. */
async function startOf(pid: number): Promise<string> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return line.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

/** Removes a dead lock, and no other: who finds a fresh one in its place puts it back. */
async function takeAway(path: string, dead: Holder): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  const taken = await readHolder(aside);
  if (taken?.key !== dead.key) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

function keepAlive(path: string, key: string): () => Promise<void> {
  const beat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, BEAT);
  beat.unref();
  return async () => {
    clearInterval(beat);
    ours.delete(key);
    await rm(path, { force: true });
  };
}

function inUse(folder: string, path: string): GatewayError {
  return new GatewayError(
    'FOLDER_IN_USE',
    `Another gateway has the folder ${folder} open, and the embedded store is for one process.`,
    `Stop the other one, choose another folder with GATEWAY_DATA, or give both the same PostgreSQL with DATABASE_URL. If there surely is no other, delete ${path}.`,
  );
}
