import { closeSync, fsyncSync, openSync, statSync } from 'node:fs';

/** Has the disk keep a file, or the names in a folder. */
export function syncPath(path: string): void {
  // Windows opens no folders.
  if (process.platform === 'win32' && statSync(path).isDirectory()) return;
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
