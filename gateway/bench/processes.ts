import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const running: ChildProcess[] = [];

export type Server = { url: string; pid: number; stop: () => Promise<void> };

/** Starts a server, and returns when it says where it listens. */
export async function serve(
  script: string,
  environment: Record<string, string> = {},
): Promise<Server> {
  const server = run(script, [], environment);
  const url = await new Promise<string>((resolve, reject) => {
    server.once('exit', () => reject(new Error(`${script} ended`)));
    linesOf(server, line => {
      const { msg, url } = JSON.parse(line) as { msg?: string; url?: string };
      if (msg === 'the gateway is ready' && url !== undefined) resolve(url);
    });
  });
  return { url, pid: server.pid ?? 0, stop: () => end(server) };
}

/** Runs a script to its end; its last line is JSON. */
export async function measure<T>(script: string, args: string[]): Promise<T> {
  const child = run(script, args, {});
  let last = '';
  linesOf(child, line => (last = line));
  await new Promise(resolve => child.once('close', resolve));
  return JSON.parse(last) as T;
}

/** Resident memory of a process, in MB; Linux only. */
export function memoryOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? NaN) / 1024;
}

export async function endAll(): Promise<void> {
  await Promise.all(running.map(end));
}

function run(
  script: string,
  args: string[],
  environment: Record<string, string>,
): ChildProcess {
  const loader = script.endsWith('.ts') ? ['--import', 'tsx'] : [];
  const child = spawn(
    process.execPath,
    [...loader, `${here}${script}`, ...args],
    {
      cwd: here,
      env: { PATH: process.env['PATH'], ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  running.push(child);
  return child;
}

function linesOf({ stdout }: ChildProcess, take: (line: string) => void) {
  if (stdout) createInterface(stdout).on('line', take);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise(resolve => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}
