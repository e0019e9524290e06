import { randomUUID } from 'node:crypto';
import {
  closeSync,
  constants,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { GatewayError, codeOf } from '../core/errors';

/** A folder that this process alone may use. */
export interface FolderLock {
  /** Changes each time the folder is taken; see `checkGeneration`. */
  readonly generation: string;
  release: () => void;
}

const FILE = 'gateway.lock';

// Behind the content: on Windows nobody can read the bytes that are locked.
const OFFSET = 4096;

/**
 * Takes a folder for this process alone: two on the same files would destroy
 * them. The kernel holds the lock on the open file. It ends with the process,
 * and not before: neither when the process is stopped, nor when another file is
 * closed. It holds across containers of a machine.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const path = join(folder, FILE);
  const tryLock = await loadLock();
  const file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  try {
    if (!lock(tryLock, file, folder)) throw inUse(folder);
    const generation = randomUUID();
    ftruncateSync(file);
    writeSync(file, generation, 0);
    fsyncSync(file);
    return { generation, release: () => closeSync(file) };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

/**
 * Fails when another process has taken the folder since. The kernel prevents
 * that, unless the file system keeps no locks or somebody deleted the file. So
 * whoever writes checks after the write and before it is acknowledged.
 */
export function checkGeneration(folder: string, generation: string): void {
  const path = join(folder, FILE);
  if (read(path) === generation) return;
  throw new GatewayError(
    'FOLDER_LOST',
    `Another process took the folder ${folder}, or deleted gateway.lock in it.`,
    'Start only one gateway for a folder, and keep the folder on a file system that keeps locks; the README names those that do not.',
  );
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

type TryLock = (file: number, offset: number, length: number) => boolean;

/** Loaded here, because a gateway on PostgreSQL needs no lock and no native code. */
async function loadLock(): Promise<TryLock> {
  try {
    return (await import('fs-native-extensions')).tryLock;
  } catch (error) {
    throw new GatewayError(
      'LOCK_UNAVAILABLE',
      `There are no file locks for ${process.platform} on ${process.arch}.`,
      'Use Linux, macOS or Windows on x64 or arm64, or PostgreSQL with DATABASE_URL.',
      error,
    );
  }
}

function lock(tryLock: TryLock, file: number, folder: string): boolean {
  try {
    return tryLock(file, OFFSET, 1);
  } catch (error) {
    throw new GatewayError(
      'LOCK_UNAVAILABLE',
      `The file system of ${folder} keeps no locks: ${codeOf(error) ?? String(error)}.`,
      'Choose a folder on a disk of this machine with GATEWAY_DATA, or use PostgreSQL with DATABASE_URL.',
      error,
    );
  }
}

function inUse(folder: string): GatewayError {
  return new GatewayError(
    'FOLDER_IN_USE',
    `Another gateway has the folder ${folder} open, and the embedded store is for one process.`,
    'Stop the other one, choose another folder with GATEWAY_DATA, or give both the same PostgreSQL with DATABASE_URL.',
  );
}
