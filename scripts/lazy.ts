import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Plugin } from 'esbuild';

const NAMESPACE = 'lazy';
const FUNCTION = /^export (?:async )?function (\w+)/gm;

/**
 * Puts off evaluating a file, and what it alone imports, until one of its
 * functions is called. The sources import it as they import any other.
 */
export const lazy = (file: string): Plugin => ({
  name: NAMESPACE,
  setup({ onEnd, onLoad, onResolve }) {
    const path = resolve(file);
    let isImported = false;
    onResolve({ filter: /^\.\.?\// }, ({ kind, path: written, resolveDir }) => {
      const isIt = resolve(resolveDir, `${written}.ts`) === path;
      if (!isIt || kind !== 'import-statement') return undefined;
      isImported = true;
      return { path, namespace: NAMESPACE };
    });
    onLoad({ filter: /.*/, namespace: NAMESPACE }, () => ({
      contents: standInFor(path),
      resolveDir: dirname(path),
    }));
    // A file that was moved would be evaluated at every load, and nobody would notice.
    onEnd(() =>
      isImported ? {} : { errors: [{ text: `${file} is imported nowhere.` }] },
    );
  },
});

/** esbuild wraps a file that is required in a function, which runs once and on demand. */
function standInFor(path: string): string {
  const functions = [...readFileSync(path, 'utf8').matchAll(FUNCTION)].map(
    ([, name]) =>
      `export const ${name} = (...args) => load().${name}(...args);`,
  );
  // Each require of esbuild makes a new object of all exports.
  const load = `let loaded;\nconst load = () => (loaded ??= require(${JSON.stringify(path)}));`;
  return [load, ...functions].join('\n');
}
