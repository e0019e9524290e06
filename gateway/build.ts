import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

const options = {
  absWorkingDir: here,
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  // The adaptor's reading of webhooks goes in, what is installed stays out.
  packages: 'external',
  logLevel: 'warning',
} as const;

rmSync(`${here}dist`, { recursive: true, force: true });
await build({ ...options, entryPoints: ['src/index.ts'] });
await build({
  ...options,
  entryPoints: ['src/cli.ts'],
  banner: { js: '#!/usr/bin/env node' },
});
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
  cwd: here,
  stdio: 'inherit',
});
