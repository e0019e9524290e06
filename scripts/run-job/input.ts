import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SetupError } from '../job-runtime';
import type { JobState } from '../job-runtime';

const USAGE =
  'Usage: npm run job -- job.js [-s state.json] [-o out.json] [-a adaptor-folder]';

export interface Input {
  source: string;
  state: JobState;
  output?: string;
  root?: string;
}

/** What to run, read from the arguments and the files that they name. */
export function readInput(args: string[]): Input {
  const { job, state, output, adaptor } = readArguments(args);
  if (output) assertFolder(output);
  return {
    source: read(job),
    state: state ? readState(state) : {},
    ...(output && { output }),
    ...(adaptor && { root: resolve(adaptor) }),
  };
}

function readArguments(args: string[]) {
  const { values, positionals } = attempt(
    () =>
      parseArgs({
        args,
        allowPositionals: true,
        options: {
          state: { type: 'string', short: 's' },
          output: { type: 'string', short: 'o' },
          adaptor: { type: 'string', short: 'a' },
        },
      }),
    problem => `${problem}\n${USAGE}`,
  );
  const [job, ...others] = positionals;
  if (!job || others.length > 0) throw new SetupError(USAGE);
  return { job, ...values };
}

const read = (path: string): string =>
  attempt(
    () => readFileSync(path, 'utf8'),
    problem => `Cannot read ${path}: ${problem}`,
  );

/** A state, with the time in seconds in the place of `{{now}}`, as webhooks have it. */
export function readState(path: string): JobState {
  const now = Math.floor(Date.now() / 1000);
  const state: unknown = attempt(
    () => JSON.parse(read(path).replaceAll('"{{now}}"', `"${now}"`)) as unknown,
    problem => `${path} is not JSON: ${problem}`,
  );
  if (typeof state === 'object' && state && !Array.isArray(state)) {
    return state as JobState;
  }
  throw new SetupError(
    `${path} must hold an object: { "configuration": {}, "data": {} }`,
  );
}

/** The state must not be lost after the job has sent its messages. */
function assertFolder(output: string) {
  const folder = dirname(resolve(output));
  if (existsSync(folder)) return;
  throw new SetupError(`Cannot write ${output}: ${folder} does not exist.`);
}

function attempt<T>(work: () => T, explain: (problem: string) => string): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof SetupError) throw error;
    throw new SetupError(explain((error as Error).message), { cause: error });
  }
}
