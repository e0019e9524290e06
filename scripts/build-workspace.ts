import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { BuildOptions } from 'esbuild';

/** Enters the folder of a build script, empties its dist, and gives what all bundles share. */
export function startBuild(script: string) {
  process.chdir(fileURLToPath(new URL('.', script)));
  rmSync('dist', { recursive: true, force: true });
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    dependencies: Record<string, string>;
  };
  return {
    outdir: 'dist',
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    // What is installed with the package stays out; everything else goes in.
    external: Object.keys(dependencies),
    logLevel: 'warning',
  } satisfies BuildOptions;
}

/** A program, which is run by its name. */
export const CLI = {
  entryPoints: ['src/cli.ts'],
  banner: { js: '#!/usr/bin/env node' },
} satisfies BuildOptions;

export function writeTypes(): void {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
    stdio: 'inherit',
  });
  // TypeScript takes imports without an extension in CommonJS only.
  writeFileSync('dist/types/package.json', '{ "type": "commonjs" }\n');
}
