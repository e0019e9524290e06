// Writes ast.json, from which OpenFn learns the operations: its editor and its
// documentation list what stands there. With --check it only compares.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { deliver, needBuild, stop } from './generated';

type Ast = {
  operations: { name: string; valid: boolean }[];
  common: { name: string }[];
};

// Not src/Adaptor.ts: the tool reads JavaScript only. And not elsewhere: it
// looks for language-common in node_modules two steps above this file.
const SOURCE = 'build/Adaptor.js';

needBuild(SOURCE);
const text = generate();
const { operations, common } = JSON.parse(text) as Ast;
const invalid = operations.filter(({ valid }) => !valid);

if (invalid.length > 0) {
  const names = invalid.map(({ name }) => name).join(', ');
  stop(`The @param names are not those of the function in ${names}.`);
}
if (common.length === 0) stop('Nothing of language-common is documented.');
deliver('ast.json', `${text}\n`);

function generate(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ast-'));
  const output = join(folder, 'ast.json');
  try {
    execFileSync(
      process.execPath,
      [
        'node_modules/@openfn/simple-ast/lib/generate.js',
        `--adaptor=${SOURCE}`,
        `--output=${output}`,
      ],
      // Without the name it leaves out what is re-exported.
      { env: { ...process.env, npm_package_name: packageJson.name } },
    );
    return readFileSync(output, 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
