// Processes of the bench: where they run, and how they are asked.
import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ANSWER_TIMEOUT = 60_000;

const cores = coresOf(process.pid);
const children = new Set();

/** Starts a file of this folder in a process on the server's or the clients' core. */
export function launch(side, file, ...args) {
  const [execPath, ...execArgv] = [
    ...pinTo(side === 'server' ? cores[0] : cores.at(-1)),
    process.execPath,
    '--no-warnings',
  ];
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = fork(path, args, { execPath, execArgv });
  children.add(child);
  return child;
}

/** The next thing that a process tells; a process that ends tells nothing more. */
export async function hear(child) {
  const gone = new AbortController();
  const stop = () => gone.abort(new Error('A process of the bench ended.'));
  const timeout = AbortSignal.timeout(ANSWER_TIMEOUT);
  child.once('exit', stop);
  try {
    const signal = AbortSignal.any([gone.signal, timeout]);
    const [message] = await once(child, 'message', { signal });
    return message;
  } finally {
    child.off('exit', stop);
  }
}

export function ask(child, question) {
  const answer = hear(child);
  child.send(question);
  return answer;
}

export function stopAll() {
  for (const child of children) child.kill();
}

// Left to itself, Linux puts two processes that wake each other onto one core,
// and the server's time would pass for the client's.
const pinTo = core => (cores.length < 2 ? [] : ['taskset', '-c', String(core)]);

/** The cores that a process may use, where `taskset` is there to tell. */
function coresOf(pid) {
  const { stdout } = spawnSync('taskset', ['-cp', String(pid)]);
  const list = /list: (.+)/.exec(stdout ?? '')?.[1] ?? '';
  return list.split(',').filter(Boolean).flatMap(numbersOf);
}

function numbersOf(range) {
  const [from, to = from] = range.split('-').map(Number);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
