import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Starts a command as a container does: PID 1, a host name of its own choice,
 * its own mounts; the files are shared.
 */
export const CONTAINER = [
  ...['unshare', '--pid', '--uts', '--mount', '--fork', '--mount-proc'],
  ...['--kill-child', 'sh', '-c', 'hostname gateway && exec "$@"', 'sh'],
];

/** Skips a test where this user may not make namespaces. */
export function needContainers(test: Mocha.Context): void {
  try {
    execFileSync('unshare', [...CONTAINER.slice(1), 'true'], {
      stdio: 'ignore',
    });
  } catch {
    console.log('      skipped: namespaces may not be made (unshare)');
    test.skip();
  }
}

/** Sends a signal to the process inside, which has another number out here. */
export function signalInside(container: ChildProcess, signal: string): void {
  const { pid } = container;
  const inside = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  process.kill(Number(inside), signal);
}

export function spawnContainer(command: string[], cwd: string): ChildProcess {
  const [file = '', ...words] = [...CONTAINER, ...command];
  return spawn(file, words, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
}
