import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Tier = 'test' | 'stress';
export type Counts = { passed: number; failed: number; skipped: number };
export type Suite = { name: string; folder: string };

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The lowest number of tests that must pass in CI, for each suite and tier. */
const FLOORS = '.ci/floors.json';

const readJson = (path: string): unknown =>
  JSON.parse(readFileSync(join(ROOT, path), 'utf8'));

/** The adaptor, and each folder that package.json names under `workspaces`. */
export function readSuites(): Suite[] {
  const { workspaces } = readJson('package.json') as { workspaces: string[] };
  const pattern = workspaces.find(folder => folder.includes('*'));
  if (pattern) throw new Error(`Name each workspace instead of "${pattern}".`);
  const others = workspaces.map(folder => ({ name: folder, folder }));
  return [{ name: 'adaptor', folder: '.' }, ...others];
}

export function hasStress({ folder }: Suite): boolean {
  const path = join(ROOT, folder, 'test');
  const files = existsSync(path) ? readdirSync(path, { recursive: true }) : [];
  return files.some(file => String(file).endsWith('.stress.ts'));
}

/** As mocha or Node's own test runner prints them; the last ones, since a test may run tests. */
export function readCounts(output: string): Counts {
  const read = (mocha: string, node: string) => {
    const line = `^ +(\\d+) ${mocha}\\b|^(?:#|ℹ) ${node} (\\d+)$`;
    const [, ...counts] = [...output.matchAll(RegExp(line, 'gm'))].at(-1) ?? [];
    return Number(counts.find(count => count !== undefined) ?? 0);
  };
  return {
    passed: read('passing', 'pass'),
    failed: read('failing', 'fail'),
    skipped: read('pending', 'skipped'),
  };
}

export const describeCounts = ({ passed, failed, skipped }: Counts): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

/** What is wrong with a suite although no test failed; undefined when nothing is. */
export function flawOf(
  { name }: Suite,
  tier: Tier,
  { passed, skipped }: Counts,
): string | undefined {
  if (tier === 'test' && passed === 0) return 'no test ran';
  if (!process.env['CI']) return undefined;
  if (skipped > 0) return 'CI may not skip tests';
  const floors = readJson(FLOORS) as Record<string, Record<string, number>>;
  const floor = floors[name]?.[tier];
  if (floor === undefined) return `${FLOORS} has no "${tier}" for it`;
  if (passed < floor) return `${FLOORS} asks for at least ${floor}`;
  return undefined;
}
