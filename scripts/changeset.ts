// Runs Changesets for the root package: npm run changeset, npm run changeset -- version.
// It finds only packages that `workspaces` names, and npm takes no root among
// them, so the root is named while it runs.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './test/suites';

const FILE = join(ROOT, 'package.json');

type Package = { workspaces: string[] };

function changeWorkspaces(change: (names: string[]) => string[]): void {
  const content = JSON.parse(readFileSync(FILE, 'utf8')) as Package;
  const workspaces = change(content.workspaces);
  const text = JSON.stringify({ ...content, workspaces }, null, 2);
  writeFileSync(FILE, `${text}\n`);
}

// Ctrl-C ends Changesets; this goes on, to put package.json right.
process.on('SIGINT', () => undefined);
changeWorkspaces(names => ['.', ...names]);
try {
  const { status } = spawnSync('changeset', process.argv.slice(2), {
    cwd: ROOT,
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
} finally {
  changeWorkspaces(names => names.filter(name => name !== '.'));
}
