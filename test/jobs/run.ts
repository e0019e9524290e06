import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Simulator } from '../../simulator/src/index';
import { STEP, runJob } from '../../scripts/job-runtime';
import type { JobState } from '../../scripts/job-runtime';
import { readState } from '../../scripts/run-job/input';
import { until } from '../media/servers';
import { collectLogs } from '../quiet';

export const read = (path: string) =>
  readFileSync(
    fileURLToPath(new URL(`../../${path}`, import.meta.url)),
    'utf8',
  );

/** The JavaScript blocks of a document. */
export const snippets = (path: string) =>
  [...read(path).matchAll(/^```js\n(.*?)^```/gms)].map(([, code]) => code!);

/** A state as its reader has it, but for the port of the simulator. */
const stateIn = (path: string, simulator: Simulator): JobState => {
  const text = JSON.stringify(readState(path));
  return JSON.parse(
    text.replaceAll('http://127.0.0.1:4100', simulator.url),
  ) as JobState;
};

/** The state that every example is written for. */
export const exampleState = (simulator: Simulator): JobState =>
  stateIn('examples/state.json', simulator);

/** The same, with a credential of an On-Premises API. */
export const onPremisesState = (simulator: Simulator): JobState => ({
  ...exampleState(simulator),
  configuration: {
    baseUrl: simulator.url,
    username: 'clinic',
    password: 'a secret',
  },
});

/** The state of a run that a webhook started, as OpenFn's trigger makes it. */
export const webhookState = (simulator: Simulator): JobState =>
  stateIn('examples/webhook-state.json', simulator);

const SECRET = 'the secret of the app';

/** The same as the gateway forwards it when it is asked for the signed text. */
export const signedState = (simulator: Simulator): JobState => {
  const state = webhookState(simulator);
  const raw = JSON.stringify(state.data);
  const digest = createHmac('sha256', SECRET).update(raw).digest('hex');
  return {
    ...state,
    configuration: { ...state.configuration, appSecret: SECRET },
    data: { ...(state.data as object), raw, signature: `sha256=${digest}` },
  };
};

/**
 * Runs a job under OpenFn's runtime, the adaptor as it was built. What the job
 * does not await may end, and write its log, after the run: `isOver` waits for that.
 */
export async function run(
  source: string,
  state: JobState,
  isOver: (lines: readonly string[]) => boolean = () => true,
) {
  const { result, lines } = await collectLogs(async lines => {
    const result = await runJob({ source, state });
    await until(() => isOver(lines));
    return result;
  });
  return { final: result, failure: result.errors?.[STEP], lines };
}
