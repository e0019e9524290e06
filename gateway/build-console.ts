import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { build } from 'esbuild';
import type { Metafile } from 'esbuild';

/**
 * Builds the console into a folder. The names of its files change with their
 * content, so that browsers may keep them forever.
 */
export async function buildConsole(
  folder: string,
): Promise<Metafile['outputs']> {
  const { metafile } = await build({
    entryPoints: ['console/app.tsx', 'console/style.css'],
    outdir: folder,
    entryNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    metafile: true,
    logLevel: 'warning',
  });
  const names = new Map([['icon.svg', writeIcon(folder)]]);
  for (const [path, { entryPoint }] of Object.entries(metafile.outputs)) {
    if (entryPoint === undefined) continue;
    const name = basename(entryPoint).replace(/\.tsx$/, '.js');
    names.set(name, basename(path));
  }
  for (const page of ['index.html', 'no-key.html']) {
    const text = readFileSync(`console/${page}`, 'utf8').replace(
      /(?<=\/console\/files\/)[^"]+/g,
      name => names.get(name) ?? name,
    );
    writeFileSync(`${folder}/${page}`, text);
  }
  return metafile.outputs;
}

function writeIcon(folder: string): string {
  const icon = readFileSync('console/icon.svg');
  const hash = createHash('sha256').update(icon).digest('hex').slice(0, 8);
  writeFileSync(`${folder}/icon-${hash}.svg`, icon);
  return `icon-${hash}.svg`;
}
