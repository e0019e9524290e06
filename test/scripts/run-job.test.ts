import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { STEP } from '../../scripts/job-runtime';
import { installFakeAdaptor } from './fake-adaptor';

const REPOSITORY = join(import.meta.dirname, '../..');

describe('npm run job', () => {
  const { folder, root, remove } = installFakeAdaptor();

  after(remove);

  it('writes the final state to a file', async () => {
    const job = give('job.js', 'send($.data.phone)');
    const state = give('state.json', '{ "data": { "phone": "1" } }');
    const output = join(folder, 'out.json');

    const { code, stdout } = await run(job, '-s', state, '-o', output);

    expect(code).to.equal(0);
    expect(stdout).to.equal('');
    expect(JSON.parse(readFileSync(output, 'utf8'))).to.deep.include({
      data: { to: '1' },
    });
  });

  it('tells what failed, and prints the state and nothing else', async () => {
    const { code, stdout, stderr } = await run(
      give('job.js', 'shout("hello");\nsend("")'),
    );

    expect(code).to.equal(1);
    expect(JSON.parse(stdout)).to.have.nested.property(`errors.${STEP}`);
    expect(stderr.split('\n')).to.deep.equal([
      'hello',
      'send(), line 2: No number.',
      '  code         NO_NUMBER',
      '  description  There is no number.',
      '  fix          Give one.',
      '',
    ]);
  });

  it('tells of a promise that the job did not wait for', async () => {
    const source = 'fn(state => { send("")(state); return state; })';

    const { code, stderr } = await run(give('job.js', source));

    expect(code).to.equal(1);
    expect(stderr).to.include('NO_NUMBER').and.not.include('index.js');
  });

  it('does not start when a file is missing', async () => {
    const { code, stdout, stderr } = await run('none.js');

    expect(code).to.equal(2);
    expect(stdout).to.equal('');
    expect(stderr).to.include('Cannot read none.js');
  });

  function give(name: string, content: string): string {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  }

  async function run(...args: string[]) {
    const script = join(REPOSITORY, 'scripts/run-job.ts');
    const options = '--experimental-vm-modules --no-warnings --import tsx';
    const child = spawn(
      process.execPath,
      [...options.split(' '), script, '-a', root, ...args],
      { cwd: REPOSITORY, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const [stdout, stderr, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit'),
    ]);
    return { code, stdout, stderr };
  }
});
