import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import ts from 'typescript';
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

const TYPED_JOB = `
import adaptor, { phone, sendMessage } from '@openfn/language-whatsapp';
export const id: string = phone.normalize('0712 345 678', 'KE');
export default [
  sendMessage(id, 'x', { replyTo: 'x' }),
  adaptor.sendMessage(id, 'x', { reply_to: 'x' }),
];
`;

/** What TypeScript says of a job that lies beside the package and imports it by name. */
function typecheck(name: string, module: ts.ModuleKind): string[] {
  const path = join(process.cwd(), name);
  const options: ts.CompilerOptions = {
    module,
    moduleResolution:
      module === ts.ModuleKind.ESNext
        ? ts.ModuleResolutionKind.Bundler
        : ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = file => file === path || fileExists(file);
  host.getSourceFile = (file, language, ...rest) =>
    file === path
      ? ts.createSourceFile(file, TYPED_JOB, language)
      : getSourceFile(file, language, ...rest);
  const program = ts.createProgram([path], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ''));
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

  for (const [job, module] of [
    ['job.mts', ts.ModuleKind.NodeNext],
    ['job.cts', ts.ModuleKind.NodeNext],
    ['job.ts', ts.ModuleKind.ESNext],
  ] as const) {
    it(`declares its types for ${job} with ${ts.ModuleKind[module]}`, () => {
      const problems = typecheck(job, module);

      expect(problems).to.have.lengthOf(1);
      expect(problems[0]).to.contain("'reply_to' does not exist");
    });
  }

  it('keeps language-common among its dependencies, which the editor needs', () => {
    expect(packageJson.dependencies['@openfn/language-common']).to.match(
      /^\^?\d/,
    );
  });
});
