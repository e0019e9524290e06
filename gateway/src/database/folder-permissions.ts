import { chmodSync, lstatSync, readdirSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { join } from 'node:path';
import { GatewayError, codeOf } from '../core/errors';

const OTHERS = 0o077;
const ROOT = 0;

/** What the gateway makes in its folder. */
const OURS = new Set(['gateway.lock', 'postgres']);

/**
 * What is stored of people is for this user alone: files that others may read
 * are closed to them, and another user's are refused. A folder that holds
 * other things besides, such as a home folder, keeps its mode; root's may be
 * a mounted volume. In either, the store is in a closed folder of its own.
 */
export function secureFolder(folder: string): void {
  const user = process.getuid?.();
  // Windows has access lists instead, which a new folder inherits.
  if (user === undefined) return;
  const { uid } = lstatSync(folder);
  if (uid !== user && uid !== ROOT) throw notOurs(folder, uid, user);
  const names = readdirSync(folder);
  if (uid === user && names.every(name => OURS.has(name))) close(folder);
  for (const name of names.filter(name => OURS.has(name))) {
    secureTree(join(folder, name), user);
  }
}

function secureTree(path: string, user: number): void {
  const stats = lstatIfThere(path);
  if (stats === undefined) return;
  if (stats.uid !== user) throw notOurs(path, stats.uid, user);
  if (stats.isSymbolicLink()) return;
  close(path, stats);
  if (!stats.isDirectory()) return;
  for (const name of readdirSync(path)) secureTree(join(path, name), user);
}

function close(path: string, { mode } = lstatSync(path)): void {
  if ((mode & OTHERS) !== 0) chmodSync(path, mode & 0o7700);
}

/** A file that is deleted meanwhile is nobody's. */
function lstatIfThere(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function notOurs(path: string, owner: number, user: number): GatewayError {
  return new GatewayError(
    'FOLDER_NOT_OURS',
    `${path} belongs to user ${owner}, and the gateway runs as user ${user}.`,
    `Start it as user ${owner}, name another folder with GATEWAY_DATA, or change the owner of the folder with chown -R ${user}.`,
  );
}
