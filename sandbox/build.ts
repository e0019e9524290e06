import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

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
  external: Object.keys(dependencies),
  logLevel: 'warning',
} as const;

rmSync('dist', { recursive: true, force: true });
await build({ ...options, entryPoints: ['src/index.ts'] });
await build({
  ...options,
  entryPoints: ['src/cli.ts'],
  banner: { js: '#!/usr/bin/env node' },
});
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
});
// TypeScript takes imports without an extension in CommonJS only.
writeFileSync('dist/types/package.json', '{ "type": "commonjs" }\n');
