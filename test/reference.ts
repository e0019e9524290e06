import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const REFERENCE = resolve(
  ROOT,
  process.env['WHATSAPP_REFERENCE'] ?? '../shared/whatsapp',
);

/** The JSON files of a folder of the reference material; none where it is absent. */
export function readReference(folder: string): [string, unknown][] {
  const path = join(REFERENCE, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter(file => file.endsWith('.json') && file !== 'INDEX.json')
    .map(file => [file, JSON.parse(readFileSync(join(path, file), 'utf8'))]);
}

/** One JSON file of the reference material; undefined where it is absent. */
export function readReferenceFile(file: string): unknown {
  const path = join(REFERENCE, file);
  if (!existsSync(path)) return undefined;
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** Skips a suite, and says why, when there are none of its files. */
export function needReference(files: unknown[]): void {
  before(function () {
    if (files.length > 0) return;
    console.log('reference material not found: set WHATSAPP_REFERENCE');
    this.skip();
  });
}
