import { execFileSync } from 'node:child_process';
import {
  closeSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/**
 * Whoever reads the lock of the folder, as the thread of the store does for each
 * statement, waits in the kernel for a pipe. Returns how to let it go on.
 */
export function hangDisk(folder: string): () => void {
  const lock = join(folder, 'gateway.lock');
  const kept = `${lock}.kept`;
  const content = readFileSync(lock);
  renameSync(lock, kept);
  execFileSync('mkfifo', ['-m', '600', lock]);
  return () => {
    const file = openSync(lock, 'r+');
    renameSync(lock, `${lock}.pipe`);
    renameSync(kept, lock);
    writeSync(file, content);
    closeSync(file);
    rmSync(`${lock}.pipe`);
  };
}
