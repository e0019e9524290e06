import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Metafile } from 'esbuild';
import { bundledFolders, notices } from '../../scripts/notices';

/** What esbuild says of one file made from these. */
function bundleOf(...paths: string[]): Metafile {
  const inputs = Object.fromEntries(
    paths.map(path => [path, { bytesInOutput: 1 }]),
  );
  const output = { inputs, bytes: 1, imports: [], exports: [] };
  return { inputs: {}, outputs: { 'dist/index.js': output } };
}

describe('bundledFolders', () => {
  it('gives each package once, in order, and not our own files', () => {
    const bundle = bundleOf(
      'src/index.ts',
      'node_modules/undici/lib/agent.js',
      'node_modules/undici/index.js',
      'node_modules/@openfn/language-common/dist/index.js',
    );

    expect(bundledFolders(bundle)).to.deep.equal([
      'node_modules/@openfn/language-common',
      'node_modules/undici',
    ]);
  });

  it('tells apart a package inside of another', () => {
    const bundle = bundleOf('node_modules/a/node_modules/b/index.js');

    expect(bundledFolders(bundle)).to.deep.equal([
      'node_modules/a/node_modules/b',
    ]);
  });
});

describe('notices', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'notices-'));
  });

  afterEach(() => rmSync(root, { recursive: true }));

  /** A package of one file, and with these license files. */
  function install(name: string, licenses: Record<string, string>): string {
    const folder = join(root, 'node_modules', name);
    mkdirSync(folder, { recursive: true });
    const about = { name, version: '1.2.3', license: 'MIT' };
    writeFileSync(join(folder, 'package.json'), JSON.stringify(about));
    for (const [file, text] of Object.entries(licenses)) {
      writeFileSync(join(folder, file), text);
    }
    return join(folder, 'index.js');
  }

  it('names a package with version and license, and quotes its texts', () => {
    const path = install('@a/b', {
      LICENSE: 'Do as you like.\n',
      'LICENSE.LESSER': 'Or less.',
    });

    expect(notices(bundleOf(path))).to.include(
      '@a/b 1.2.3 (MIT)\n\nDo as you like.\n\nOr less.\n',
    );
  });

  it('refuses a package whose license it cannot find', () => {
    const path = install('nameless', { 'README.md': 'MIT' });

    expect(() => notices(bundleOf(path))).to.throw(
      'nameless has no license file.',
    );
  });
});
