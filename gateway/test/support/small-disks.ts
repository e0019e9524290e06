import { execFileSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../../src/core/errors';
import { newFolder } from './folders';

const mounted: string[] = [];

/** A file system in memory of so many megabytes; skips a test that may not mount one. */
export function newDisk(test: Mocha.Context, megabytes: number): string {
  const folder = newFolder();
  try {
    const options = `size=${megabytes}m,mode=700`;
    const words = ['-t', 'tmpfs', '-o', options, 'tmpfs', folder];
    execFileSync('mount', words, { stdio: 'ignore' });
  } catch {
    console.log('      skipped: a tmpfs may not be mounted');
    test.skip();
  }
  mounted.push(folder);
  return folder;
}

/** Takes all space but so many megabytes. */
export function fillDisk(folder: string, leave = 0): void {
  const { bavail, bsize } = statfsSync(folder);
  const size = Math.max(0, bavail * bsize - leave * 1024 * 1024);
  try {
    writeFileSync(join(folder, 'fill'), Buffer.alloc(size));
  } catch (error) {
    // Somebody else writes too, and the disk is full.
    if (codeOf(error) !== 'ENOSPC') throw error;
  }
}

export function emptyDisk(folder: string): void {
  rmSync(join(folder, 'fill'));
}

/** For `afterEach`. */
export function unmountDisks(): void {
  for (const folder of mounted.splice(0)) {
    execFileSync('umount', ['--lazy', folder]);
  }
}
