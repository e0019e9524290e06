// Runs the tests of each workspace under c8, and fails where fewer lines or
// branches run than .ci/coverage.json asks for. Names of suites run these alone.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, readSuites } from './test/suites';

type Floor = { lines: number; branches: number };

const floors = JSON.parse(
  readFileSync(join(ROOT, '.ci/coverage.json'), 'utf8'),
) as Record<string, Floor>;
const only = process.argv.slice(2);

for (const { name, folder } of readSuites()) {
  if (only.length > 0 && !only.includes(name)) continue;
  const floor = floors[name];
  if (floor === undefined) {
    throw new Error(`.ci/coverage.json has no floor for ${name}: add one.`);
  }
  const { lines, branches } = floor;
  console.log(
    `${name}: at least ${lines} % of lines, ${branches} % of branches`,
  );
  const { status } = spawnSync(
    join(ROOT, 'node_modules/.bin/c8'),
    [
      ...['--include', 'src', '--all', '--reporter', 'text-summary'],
      ...['--check-coverage', '--lines', String(lines)],
      ...['--branches', String(branches), '--functions', '0'],
      ...['--statements', '0', 'mocha', '--reporter', 'dot'],
      'test/**/*.test.ts',
    ],
    {
      cwd: join(ROOT, folder),
      stdio: 'inherit',
      env: {
        ...process.env,
        PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env['PATH']}`,
      },
    },
  );
  if (status !== 0) process.exitCode = 1;
}
