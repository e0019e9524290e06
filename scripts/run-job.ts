// Runs a job as OpenFn does: npm run job -- examples/x.js -s state.json -o out.json
import { Console } from 'node:console';
import { writeFileSync } from 'node:fs';
import { STEP, SetupError, runJob } from './job-runtime';
import type { JobState } from './job-runtime';
import { readInput } from './run-job/input';
import { report } from './run-job/report';

// The state goes to standard output; what the job and the adaptor log must not.
globalThis.console = new Console(process.stderr);

// A promise that the job does not wait for fails outside of the run.
process.on('unhandledRejection', error => process.exit(fail(error)));

/** The exit code: 0 done, 1 the job failed, 2 it could not be started. */
async function main(args: string[]): Promise<number> {
  try {
    const { output, ...job } = readInput(args);
    const final = await runJob(job);
    write(final, output);
    const failure = final.errors?.[STEP];
    return failure ? fail(failure) : 0;
  } catch (error) {
    return fail(error);
  }
}

function fail(error: unknown): number {
  console.error(report(error));
  return error instanceof SetupError ? 2 : 1;
}

function write(state: JobState, output: string | undefined) {
  const text = `${JSON.stringify(state, null, 2)}\n`;
  if (output) writeFileSync(output, text);
  else process.stdout.write(text);
}

process.exitCode = await main(process.argv.slice(2));
