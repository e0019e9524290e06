import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Writes a file of routes, which YAML reads from JSON; returns its path. */
export function routesFile(routes: object[], defaults: object = {}): string {
  const path = join(mkdtempSync(join(tmpdir(), 'routes-')), 'routes.yaml');
  writeFileSync(path, JSON.stringify({ defaults, routes }));
  return path;
}
