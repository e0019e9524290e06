import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of the console, as a browser gets it. */
export type ConsoleFile = { content: Uint8Array<ArrayBuffer>; type: string };

const TYPES = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
]);

/** The built files, beside the bundle or, when run from sources, in `dist`. */
export function readConsoleFiles(): ReadonlyMap<string, ConsoleFile> {
  const folder = ['./console/', '../../dist/console/']
    .map(path => fileURLToPath(new URL(path, import.meta.url)))
    .find(path => existsSync(join(path, 'index.html')));
  const names = folder === undefined ? [] : readdirSync(folder);
  return new Map(
    names.map(name => {
      const content = new Uint8Array(readFileSync(join(folder ?? '', name)));
      const type = TYPES.get(extname(name)) ?? 'application/octet-stream';
      return [name, { content, type }];
    }),
  );
}
