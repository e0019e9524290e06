// Runs tests again whenever a file changes: npm run test:watch -- test/x.test.ts.
// Without a file it runs the test that mirrors what was changed.
import { spawn } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';

const FOLDERS = [
  'src',
  'test',
  'gateway/src',
  'gateway/test',
  'simulator/src',
  'simulator/test',
];
/** Milliseconds in which an editor may write several files. */
const PAUSE = 100;

const given = process.argv.slice(2);
let timer: NodeJS.Timeout | undefined;
let running: ReturnType<typeof spawn> | undefined;

/** The tests of a file: itself, or the file of the same name among the tests. */
function testsOf(path: string): string[] {
  const test = path.endsWith('.test.ts')
    ? path
    : path.replace(/(^|\/)src\//, '$1test/').replace(/\.ts$/, '.test.ts');
  return existsSync(test) ? [test] : [];
}

function run(files: string[]): void {
  if (files.length === 0) return console.log('No test mirrors this file.');
  running?.kill();
  console.log(`\n${files.join(' ')}`);
  running = spawn('node_modules/.bin/mocha', files, { stdio: 'inherit' });
}

for (const folder of FOLDERS) {
  watch(folder, { recursive: true }, (_event, name) => {
    if (!name?.endsWith('.ts')) return;
    const files = given.length > 0 ? given : testsOf(join(folder, name));
    clearTimeout(timer);
    timer = setTimeout(() => run(files), PAUSE);
  });
}
if (given.length > 0) run(given);
else console.log('Waits for a change.');
