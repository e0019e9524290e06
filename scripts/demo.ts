// Shows what a job sends, without a Meta account: npm run demo
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startSimulator } from '../simulator/src/index';
import { STEP, runJob } from './job-runtime';
import { bubble } from './demo/bubble';

const read = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');

const JOB = 'examples/08-day-of-a-clinic.js';
const state = JSON.parse(read('examples/state.json')) as {
  configuration: object;
  data: { phone: string };
};
const source = read(JOB);

const simulator = await startSimulator();
try {
  console.log(
    `A simulator of the WhatsApp Cloud API listens at ${simulator.url}.`,
  );
  console.log(`OpenFn's runtime runs ${JOB}:\n\n${source}`);
  const final = await runJob({
    source,
    state: {
      ...state,
      configuration: { ...state.configuration, baseUrl: simulator.url },
    },
  });
  if (final.errors?.[STEP]) throw new Error(final.errors[STEP].message);

  console.log(`\nWhat arrived at ${state.data.phone}:\n`);
  for (const entry of simulator.transcript()) console.log(bubble(entry));
  console.log('The final state, without the credential:\n');
  console.log(JSON.stringify(final, null, 2));
} finally {
  await simulator.close();
}
