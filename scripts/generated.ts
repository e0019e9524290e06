import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// For files that scripts write and that are committed all the same, because
// they are read on GitHub or published.

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

/** Writes a generated file or, with --check, says that the committed one is stale. */
export function deliver(path: string, text: string) {
  if (!process.argv.includes('--check')) return writeFileSync(path, text);
  const committed = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (committed === text) return;
  console.error(`${path} is stale: run "npm run docs" and commit it.`);
  process.exitCode = 1;
}

/** Ends the script when a file that it reads is not there. */
export function needBuild(path: string) {
  if (!existsSync(path)) stop(`No ${path}: run "npm run build" first.`);
}

export function stop(message: string): never {
  console.error(message);
  process.exit(1);
}
