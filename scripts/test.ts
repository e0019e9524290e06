import { execFileSync, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import {
  ROOT,
  describeCounts,
  flawOf,
  hasStress,
  readCounts,
  readSuites,
} from './test/suites';
import type { Counts, Suite, Tier } from './test/suites';

// Runs the tests of the adaptor and of every workspace, and adds them up.
// CONTRIBUTING.md says how to call it.

type Options = {
  tier: Tier;
  seed: string;
  rounds: string;
  /** Build before; one file is run on the last build. */
  build: boolean;
  /** For mocha. */
  rest: string[];
};

const NONE: Counts = { passed: 0, failed: 0, skipped: 0 };

function readOptions(args: string[]): Options {
  const options: Options = {
    tier: 'test',
    seed: process.env['SEED'] ?? String(randomInt(1, 1_000_000)),
    rounds: process.env['ROUNDS'] ?? '1',
    build: false,
    rest: [],
  };
  const words = args.values();
  for (const word of words) {
    if (word === '--stress') options.tier = 'stress';
    else if (word === '--build') options.build = true;
    else if (word === '--seed') options.seed = words.next().value ?? '';
    else if (word === '--rounds') options.rounds = words.next().value ?? '';
    else options.rest.push(word);
  }
  return options;
}

function commandOf({ folder }: Suite, { tier, rest }: Options): string[] {
  if (tier === 'stress')
    return [...mochaOf(tier), 'test/**/*.stress.ts', ...rest];
  const script = folder === '.' ? 'test:adaptor' : 'test';
  return ['npm', 'run', script, '--', ...rest];
}

const mochaOf = (tier: Tier) =>
  tier === 'stress' ? ['mocha', '--timeout', '600000'] : ['mocha'];

/** Shows a piece of output. */
type Show = (text: string) => void;

/** Shows the outputs of suites that run at the same time one after the other. */
function createScreen() {
  let last = Promise.resolve();
  return {
    add(): { show: Show; end: () => void } {
      const turn = last;
      let end = () => {};
      last = new Promise(resolve => (end = resolve));
      return {
        show: text => void turn.then(() => process.stdout.write(text)),
        end: () => void turn.then(end),
      };
    },
    /** Resolves when all has been shown. */
    done: () => last,
  };
}

/** Runs a command, shows its output, and reads the counts from it. */
async function run(
  [program = '', ...args]: string[],
  folder: string,
  { tier, seed, rounds }: Options,
  show: Show = text => void process.stdout.write(text),
): Promise<Counts> {
  const child = spawn(program, args, {
    cwd: join(ROOT, folder),
    stdio: ['inherit', 'pipe', 'inherit'],
    env: {
      ...process.env,
      PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env['PATH']}`,
      ...(tier === 'stress' && { SEED: seed, ROUNDS: rounds }),
      ...(process.stdout.isTTY && { FORCE_COLOR: '1' }),
    },
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    show(text);
  });
  const code = await new Promise(resolve => child.once('close', resolve));
  const counts = readCounts(stripVTControlCharacters(output));
  // What ends badly without a failed test is a failure all the same.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

async function runAll(options: Options): Promise<Counts> {
  const suites = readSuites();
  const screen = createScreen();
  const runs = suites.map(suite => {
    const { show, end } = screen.add();
    return () => runSuite(suite, options, show).finally(end);
  });
  const counts = await inTurns(runs, options.tier);
  await screen.done();
  const total = { ...NONE };
  for (const key of ['passed', 'failed', 'skipped'] as const) {
    total[key] = counts.reduce((sum, one) => sum + one[key], 0);
  }
  console.log(
    suites
      .map(({ name }, index) => `${name}: ${counts[index]?.line}`)
      .join('\n'),
  );
  return total;
}

/** Tests of the second tier load the machine and are run alone. */
async function inTurns<T>(runs: (() => Promise<T>)[], tier: Tier) {
  if (tier === 'test') return Promise.all(runs.map(run => run()));
  const results: T[] = [];
  for (const run of runs) results.push(await run());
  return results;
}

async function runSuite(
  suite: Suite,
  options: Options,
  show: Show,
): Promise<Counts & { line: string }> {
  const { tier, rest } = options;
  const counts =
    tier === 'test' || hasStress(suite)
      ? await run(commandOf(suite, options), suite.folder, options, show)
      : { ...NONE };
  const flaw = rest.length === 0 && flawOf(suite, tier, counts);
  if (flaw && counts.failed === 0) counts.failed = 1;
  const line = `${describeCounts(counts)}${flaw ? `: ${flaw}` : ''}`;
  return { ...counts, line };
}

const options = readOptions(process.argv.slice(2));
const { tier, seed, rounds, rest } = options;
const repeat = `npm run test:stress -- --seed ${seed} --rounds ${rounds}`;
if (tier === 'stress') console.log(`Seed ${seed}: ${repeat}`);
const isFile = rest.some(word => existsSync(join(ROOT, word)));
if (options.build && !isFile) {
  execFileSync('npm', ['run', 'build'], { cwd: ROOT, stdio: 'inherit' });
}
const total = isFile
  ? await run([...mochaOf(tier), ...rest], '.', options)
  : await runAll(options);
if (tier === 'stress') console.log(`To repeat: ${repeat}`);
console.log(describeCounts(total));
if (total.failed > 0) process.exitCode = 1;
