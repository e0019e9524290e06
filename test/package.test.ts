import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import packageJson from '../package.json' with { type: 'json' };
import { adaptorExports } from '../scripts/adaptor-exports';
import { read } from './jobs/run';

const PROMISED_BY_1_X = [
  'combine',
  'cursor',
  'dataPath',
  'dataValue',
  'dateFns',
  'each',
  'field',
  'fields',
  'fn',
  'fnIf',
  'group',
  'lastReferenceValue',
  'log',
  'merge',
  'request',
  'scrubEmojis',
  'sourceValue',
  'util',
];

/** Runs a file in an empty folder, where nothing can be found but the file itself. */
function runAlone(bundle: string, script: string, name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'whatsapp-'));
  const file = bundle.replace('dist/', '');
  copyFileSync(bundle, join(folder, file));
  writeFileSync(join(folder, name), script.replace('BUNDLE', `./${file}`));
  return execFileSync(process.execPath, [name], {
    cwd: folder,
    encoding: 'utf8',
  }).trim();
}

const PRINT = 'console.log(Object.keys(adaptor).sort().join());';

describe('the package', () => {
  const imported = runAlone(
    'dist/index.js',
    `import * as adaptor from 'BUNDLE'; ${PRINT}`,
    'run.mjs',
  ).split(',');

  it('can be loaded alone, by import and by require', () => {
    const required = runAlone(
      'dist/index.cjs',
      `const adaptor = require('BUNDLE'); ${PRINT}`,
      'run.cjs',
    ).split(',');

    expect(required).to.deep.equal(imported);
  });

  it('shows the compiler every name that it exports, and no other', () => {
    const seen = adaptorExports('.').filter(name => name !== 'default');

    expect(seen.toSorted()).to.deep.equal(
      imported.filter(name => name !== 'default'),
    );
  });

  it('has everything that 1.x promised', () => {
    expect(imported).to.include.members([...PROMISED_BY_1_X, 'default']);
  });

  it('exports neither execute nor operations, which would replace the pipeline', () => {
    expect(imported).not.to.include.members(['execute', 'operations']);
  });

  it('declares flat: one folder, and nothing imported but ./types', () => {
    for (const file of readdirSync('types')) {
      const sources = [...read(`types/${file}`).matchAll(/from (.+);/g)];
      for (const [, source] of sources) {
        const allowed =
          file === 'index.d.ts'
            ? /^'\.\/[A-Za-z]+'$/
            : /^'(\.\/types|@openfn\/language-common)'$/;
        expect(source, file).to.match(allowed);
      }
    }
  });

  it('declares its types without any import, so that an editor can load them alone', () => {
    expect(read('types/types.d.ts')).not.to.match(/^import|from '/m);
  });

  it('keeps language-common among its dependencies, which the editor needs', () => {
    expect(packageJson.dependencies['@openfn/language-common']).to.match(
      /^\^?\d/,
    );
  });
});
