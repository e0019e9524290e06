// Builds the package: dist/ (one file for import, one for require), types/
// (the public declarations, one file each) and build/ (compiled sources with
// their comments, which the documentation scripts read).
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { BuildOptions } from 'esbuild';
import { lazy } from './lazy';
import { notices } from './notices';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

/** Leaves no file of an earlier build behind. */
const empty = (folder: string) =>
  rmSync(folder, { recursive: true, force: true });

empty('build');
execFileSync('node_modules/.bin/tsc', ['-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
});

// OpenFn's editor loads declarations that lie flat and import `./types` at most;
// those of the private folders are of no use to it.
empty('types');
mkdirSync('types');
for (const file of readdirSync('build')) {
  if (file.endsWith('.d.ts')) copyFileSync(`build/${file}`, `types/${file}`);
}
// The editor wants imports without an extension. TypeScript that resolves as
// Node.js does takes them in CommonJS only, and makes `any` of them elsewhere.
writeFileSync('types/package.json', '{ "type": "commonjs" }\n');

// What a job has without an import. OpenFn's editor loads every declaration file
// and puts the types of types.d.ts in front; TypeScript never loads this one.
writeFileSync(
  'types/job.d.ts',
  `declare global {
  /** The state, as in \`sendMessage($.data.phone, 'Hi')\`; inside a function it is called \`state\`. */
  const $: JobState;
  /** Do anything with state; return the next state. */
  function fn(callback: (state: JobState) => unknown): Operation;
}
export {};
`,
);

// Everything is bundled: that takes a third of the time to load that
// language-common alone takes, and a run loads the package anew.
const options: BuildOptions = {
  entryPoints: ['src/index.ts'],
  bundle: true,
  platform: 'node',
  target: 'node20',
  legalComments: 'none',
  // Its tables of phone numbers are large, and few jobs use them.
  plugins: [lazy('src/recipients/parser.ts')],
  // OpenFn keeps the details of an error only when its stack names a file
  // below `@openfn/language-`: without this, they are lost in a checkout.
  footer: {
    js: '//# sourceURL=file:///@openfn/language-whatsapp/dist/index.js',
  },
};

empty('dist');
const { metafile } = await build({
  ...options,
  format: 'esm',
  metafile: true,
  outfile: 'dist/index.js',
  // CommonJS inside (undici, language-common) calls require(), which ESM lacks.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});
await build({ ...options, format: 'cjs', outfile: 'dist/index.cjs' });

// What is bundled keeps its licenses.
writeFileSync('dist/THIRD-PARTY-LICENSES.txt', notices(metafile));
