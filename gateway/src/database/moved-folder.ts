import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { GatewayError } from '../core/errors';
import { syncPath } from './sync-path';

/** Where the store of a folder is now. */
export type Moved = {
  /** Of the move; the database has it too until all is done. */
  id: string;
  /** The address of the database, without the password. */
  to: string;
  at: string;
};

const FILE = 'moved.json';

/** From now on nothing opens the store of this folder. Returns when that is on disk. */
export function markMoved(folder: string, moved: Moved): void {
  const path = join(folder, FILE);
  const file = openSync(`${path}.new`, 'w', 0o600);
  try {
    writeSync(file, JSON.stringify(moved));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(`${path}.new`, path);
  syncPath(folder);
}

export function readMoved(folder: string): Moved | undefined {
  const path = join(folder, FILE);
  if (!existsSync(path)) return undefined;
  return JSON.parse(readFileSync(path, 'utf8')) as Moved;
}

/** What a gateway stores in a folder that was left would be missing where the others are. */
export function checkNotMoved(folder: string): void {
  const moved = readMoved(folder);
  if (moved === undefined) return;
  throw new GatewayError(
    'FOLDER_MOVED',
    `The store in ${folder} was moved to ${moved.to} at ${moved.at}.`,
    `Set DATABASE_URL to that database, with the password. What came since is there only; to use the folder all the same, delete ${FILE} in it.`,
  );
}

/** The address of a database as it may be shown. */
export function withoutPassword(address: string): string {
  const url = new URL(address);
  url.password = '';
  // Parameters can hold a password too.
  url.search = '';
  return url.href;
}
