// Runs everything that CI checks beside the tests, two steps at a time, and
// says how long each took: npm run check. Names of steps run these alone.
import { availableParallelism } from 'node:os';
import { runStep } from './check/step';
import type { Step } from './check/step';

const script = (name: string, ...args: string[]): string[] => [
  'node',
  '--import',
  'tsx',
  `scripts/${name}.ts`,
  ...args,
];

/** The others read what it makes. */
const BUILD: Step = {
  name: 'build',
  command: [
    'npm',
    'run',
    'build',
    '--workspaces',
    '--if-present',
    '--include-workspace-root',
  ],
};

// The longest first, so that none is left to run alone at the end.
const STEPS: Step[] = [
  { name: 'eslint', command: ['eslint', '.'] },
  { name: 'packages', command: script('check-packages') },
  {
    name: 'prettier',
    command: ['prettier', '--check', '--log-level', 'warn', '.'],
  },
  { name: 'docs', command: script('docs', '--check') },
  { name: 'typedefs', command: script('typedefs', '--check') },
  { name: 'types', command: ['tsc'] },
  {
    name: 'types of workspaces',
    command: ['npm', 'run', 'check', '--workspaces'],
  },
  { name: 'knip', command: ['knip'] },
  { name: 'ast', command: script('ast', '--check') },
  { name: 'licenses', command: script('licenses', '--check') },
  { name: 'audit', command: script('audit'), isShown: true },
  { name: 'journeys', command: script('journeys', '--check'), isShown: true },
];

const only = process.argv.slice(2);
const isWanted = ({ name }: Step) => only.length === 0 || only.includes(name);

const started = performance.now();
const queue = STEPS.filter(isWanted);
let failed = isWanted(BUILD) && !(await runStep(BUILD)) ? [BUILD.name] : [];

async function work(): Promise<void> {
  for (let step = queue.shift(); step; step = queue.shift()) {
    if (!(await runStep(step))) failed = [...failed, step.name];
  }
}

if (failed.length === 0) {
  const workers = Math.max(2, availableParallelism());
  await Promise.all(Array.from({ length: workers }, work));
}
const seconds = Math.round((performance.now() - started) / 1000);
console.log(
  failed.length === 0
    ? `All checks passed in ${seconds} s.`
    : `Failed: ${failed.join(', ')}; ${seconds} s.`,
);
if (failed.length > 0) process.exitCode = 1;
