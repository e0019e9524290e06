import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Step = {
  name: string;
  command: string[];
  /** Its output is worth reading when it passed, too. */
  isShown?: boolean;
};

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a step and prints its output when it fails; tells whether it passed. */
export async function runStep({
  name,
  command,
  isShown,
}: Step): Promise<boolean> {
  const [program = '', ...args] = command;
  const started = performance.now();
  const child = spawn(program, args, {
    cwd: ROOT,
    env: {
      ...process.env,
      PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env['PATH']}`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (text: string) => void (output += text);
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);
  const code = await new Promise<number | null>(resolve =>
    child.once('close', resolve),
  );
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const isPassed = code === 0;
  console.log(`${isPassed ? 'passed' : 'FAILED'} ${name}, ${seconds} s`);
  if (!isPassed || isShown) console.log(output.trimEnd());
  return isPassed;
}
