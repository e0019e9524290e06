import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';

const PASSES = "it('passes', () => {});";
const FAILS = "it('fails', () => { throw new Error('on purpose'); });";
const SKIPS = "it.skip('is skipped', () => {});";

type Outcome = { code: number; output: string; lastLine: string };

describe('scripts/test.ts', function () {
  this.timeout(120_000);
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'scripts-test-'));
    mkdirSync(join(folder, 'scripts'));
    for (const name of ['test.ts', 'test']) {
      const to = join(folder, 'scripts', name);
      cpSync(join('scripts', name), to, { recursive: true });
    }
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    writePackage('.', { type: 'module', workspaces: ['gateway'] });
    writePackage('gateway', {});
    writeFloors({ adaptor: { test: 2 }, gateway: { test: 1 } });
    writeTests('.', PASSES + PASSES);
    writeTests('gateway', PASSES);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (name: string, text: string) => {
    const path = join(folder, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
  };
  const writePackage = (workspace: string, properties: object) => {
    const script = workspace === '.' ? 'test:adaptor' : 'test';
    const scripts = { [script]: 'mocha "test/*.test.cjs"' };
    const text = JSON.stringify({ scripts, ...properties });
    write(join(workspace, 'package.json'), text);
  };
  const writeTests = (workspace: string, text: string) =>
    write(join(workspace, 'test/a.test.cjs'), text);
  const writeFloors = (floors: object) =>
    write('.ci/floors.json', JSON.stringify(floors));

  async function run(ci = ''): Promise<Outcome> {
    const child = spawn('node', ['--import', 'tsx', 'scripts/test.ts'], {
      cwd: folder,
      env: { ...process.env, CI: ci },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', text => (output += text));
    const [code] = (await once(child, 'close')) as [number];
    return { code, output, lastLine: output.trimEnd().split('\n').at(-1)! };
  }

  it('adds up the tests of all workspaces', async () => {
    const { code, output, lastLine } = await run('true');

    expect(lastLine).to.equal('3 passed, 0 failed');
    expect(output).to.contain('adaptor: 2 passed, 0 failed\n');
    expect(output).to.contain('gateway: 1 passed, 0 failed\n');
    expect(code).to.equal(0);
  });

  it('runs the workspaces at the same time, and shows them one after the other', async () => {
    const mark = JSON.stringify(join(folder, 'mark'));
    writeTests(
      '.',
      `const { existsSync } = require('node:fs');
       it('waits for the other', async () => {
         while (!existsSync(${mark})) await new Promise(r => setTimeout(r, 20));
       });
       ${PASSES}`,
    );
    writeTests(
      'gateway',
      `it('is waited for', () => require('node:fs').writeFileSync(${mark}, ''));`,
    );

    const { code, output } = await run();

    expect(code).to.equal(0);
    const places = ['waits for the other', 'passes', 'is waited for'].map(
      title => output.indexOf(title),
    );
    expect(Math.min(...places)).to.be.above(-1);
    expect(places).to.deep.equal(places.toSorted((a, b) => a - b));
    expect(output.indexOf('is waited for')).to.be.below(
      output.indexOf('adaptor: 2 passed'),
    );
  });

  it('fails when one test of a workspace fails', async () => {
    writeTests('gateway', PASSES + FAILS);

    const { code, lastLine } = await run();

    expect(lastLine).to.equal('3 passed, 1 failed');
    expect(code).to.equal(1);
  });

  it('fails when a workspace runs no test', async () => {
    writePackage('.', { type: 'module', workspaces: ['gateway', 'new'] });
    writePackage('new', { scripts: { test: 'true' } });

    const { code, output, lastLine } = await run();

    expect(output).to.contain('new: 0 passed, 1 failed: no test ran');
    expect(lastLine).to.equal('3 passed, 1 failed');
    expect(code).to.equal(1);
  });

  it('fails when the tests end badly although none of them failed', async () => {
    writeTests('gateway', `${PASSES} after(() => process.exit(7));`);

    const { code, lastLine } = await run();

    expect(lastLine).to.match(/, 1 failed$/);
    expect(code).to.equal(1);
  });

  it('fails in CI when fewer tests pass than the floor asks for', async () => {
    writeFloors({ adaptor: { test: 3 }, gateway: { test: 1 } });

    const inCi = await run('true');
    const elsewhere = await run();

    expect(inCi.output).to.contain('.ci/floors.json asks for at least 3');
    expect(inCi.lastLine).to.equal('3 passed, 1 failed');
    expect(inCi.code).to.equal(1);
    expect(elsewhere.code).to.equal(0);
  });

  it('fails in CI when a workspace has no floor', async () => {
    writeFloors({ adaptor: { test: 2 } });

    const { code, output } = await run('true');

    expect(output).to.contain('.ci/floors.json has no "test" for it');
    expect(code).to.equal(1);
  });

  it('fails in CI when a test is skipped, and counts it elsewhere', async () => {
    writeTests('gateway', PASSES + SKIPS);

    const inCi = await run('true');
    const elsewhere = await run();

    expect(inCi.output).to.contain('CI may not skip tests');
    expect(inCi.lastLine).to.equal('3 passed, 1 failed, 1 skipped');
    expect(inCi.code).to.equal(1);
    expect(elsewhere.lastLine).to.equal('3 passed, 0 failed, 1 skipped');
    expect(elsewhere.code).to.equal(0);
  });
});
