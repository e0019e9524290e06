import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Sandbox } from '../../sandbox/src/index';
import { STEP, runJob } from '../../scripts/job-runtime';
import type { JobState } from '../../scripts/job-runtime';
import { collectLogs } from '../quiet';

export const read = (path: string) =>
  readFileSync(
    fileURLToPath(new URL(`../../${path}`, import.meta.url)),
    'utf8',
  );

/** The state that every example is written for. */
export const exampleState = (sandbox: Sandbox): JobState => {
  const state = JSON.parse(read('examples/state.json')) as JobState;
  const configuration = { ...state.configuration, baseUrl: sandbox.url };
  return { ...state, configuration };
};

/** Runs a job under OpenFn's runtime, the adaptor as it was built. */
export async function run(source: string, state: JobState) {
  const { result, lines } = await collectLogs(() => runJob({ source, state }));
  return { final: result, failure: result.errors?.[STEP], lines };
}
