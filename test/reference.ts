import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

// The tests carry examples of their own. Where the reference material is, in the
// folder that WHATSAPP_REFERENCE names or beside this one, they take its examples too.

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const FIXTURES = join(ROOT, 'test/fixtures');
const REFERENCE = resolve(
  ROOT,
  process.env['WHATSAPP_REFERENCE'] ?? '../shared/whatsapp',
);

const readJson = (path: string): unknown =>
  JSON.parse(readFileSync(path, 'utf8'));

/** The JSON files of a folder; none where it is absent. */
function readFolder(folder: string): [string, unknown][] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter(file => file.endsWith('.json') && file !== 'INDEX.json')
    .map(file => [file, readJson(join(folder, file))]);
}

/** Webhooks, by the name of their file. */
export const readWebhooks = (): [string, unknown][] =>
  [FIXTURES, REFERENCE].flatMap(folder => readFolder(join(folder, 'webhooks')));

export type RequestExample = {
  method: string;
  url: string | null;
  has_placeholders: boolean;
  body: Record<string, unknown>;
};

/** Requests to Meta: messages and definitions of templates, by name. */
export const readRequests = (): [string, RequestExample][] =>
  [
    ...Object.entries(readJson(join(FIXTURES, 'requests.json')) as object),
    ...readFolder(join(REFERENCE, 'requests')),
  ] as [string, RequestExample][];

/** One JSON file of the reference material; undefined where it is absent. */
export function readReferenceFile(file: string): unknown {
  const path = join(REFERENCE, file);
  return existsSync(path) ? readJson(path) : undefined;
}
