import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildConsole } from './build-console';
import { notices } from '../scripts/notices';

process.chdir(fileURLToPath(new URL('.', import.meta.url)));
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  dependencies: Record<string, string>;
};

const options = {
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  // What is installed with the package stays out; the adaptor's reading of
  // webhooks, and what it imports, goes in.
  external: Object.keys(dependencies),
  // Functions that share a name keep it in the stacks of errors.
  keepNames: true,
  logLevel: 'warning',
} as const;

rmSync('dist', { recursive: true, force: true });
await build({
  ...options,
  entryPoints: {
    index: 'src/index.ts',
    'pglite-worker': 'src/database/serve-pglite.ts',
  },
});
const { metafile } = await build({
  ...options,
  entryPoints: ['src/cli.ts'],
  banner: { js: '#!/usr/bin/env node' },
  metafile: true,
});
const outputs = {
  ...metafile.outputs,
  ...(await buildConsole('dist/console')),
};
writeFileSync(
  'dist/THIRD-PARTY-LICENSES.txt',
  notices({ ...metafile, outputs }),
);
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
});
// TypeScript takes imports without an extension in CommonJS only.
writeFileSync('dist/types/package.json', '{ "type": "commonjs" }\n');
