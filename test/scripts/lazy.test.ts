import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { build } from 'esbuild';
import type { Format } from 'esbuild';
import { lazy } from '../../scripts/lazy';

const FILES = {
  'index.ts': `
import { read } from './inner/reader';
console.log('loaded');
console.log(read(1, 2));
console.log(read(3, 4));`,
  'inner/reader.ts': `
import { add } from './heavy';
export function read(a: number, b: number) { return add(a, b); }`,
  'inner/heavy.ts': `
import table from './table.json';
console.log('heavy');
export function add(a: number, b: number) { return a + b + table.zero; }`,
  'inner/table.json': '{ "zero": 0 }',
};

describe('lazy', () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'lazy-'));
    mkdirSync(join(folder, 'inner'));
    for (const [file, text] of Object.entries(FILES)) {
      writeFileSync(join(folder, file), text);
    }
  });

  after(() => rmSync(folder, { recursive: true }));

  const run = async (format: Format, file?: string) => {
    const outfile = join(folder, format === 'esm' ? 'out.mjs' : 'out.cjs');
    await build({
      absWorkingDir: folder,
      entryPoints: ['index.ts'],
      bundle: true,
      format,
      outfile,
      plugins: file ? [lazy(join(folder, file))] : [],
      logLevel: 'silent',
    });
    const lines = execFileSync(process.execPath, [outfile], {
      encoding: 'utf8',
    });
    return lines.trim().split('\n');
  };

  for (const format of ['esm', 'cjs'] as const) {
    it(`is needed, as ${format} evaluates everything at once`, async () => {
      expect(await run(format)).to.deep.equal(['heavy', 'loaded', '3', '7']);
    });

    for (const file of ['inner/reader.ts', 'inner/heavy.ts']) {
      it(`evaluates ${file} once, when it is used, in ${format}`, async () => {
        const lines = await run(format, file);

        expect(lines).to.deep.equal(['loaded', 'heavy', '3', '7']);
      });
    }
  }

  it('says that a file is imported nowhere', async () => {
    const error = await run('esm', 'another.ts').then(
      () => undefined,
      (thrown: Error) => thrown,
    );

    expect(error?.message).to.match(/another\.ts is imported nowhere\./);
  });
});
