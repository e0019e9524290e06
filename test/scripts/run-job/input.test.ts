import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { SetupError } from '../../../scripts/job-runtime';
import { readInput } from '../../../scripts/run-job/input';

describe('readInput', () => {
  let folder: string;
  let job: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'input-'));
    job = give('job.js', 'fn(f)');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('reads the job and the state', () => {
    const state = give('state.json', '{ "data": 1 }');
    const output = join(folder, 'out.json');

    const input = readInput([job, '-s', state, '-o', output, '-a', folder]);

    expect(input).to.deep.equal({
      source: 'fn(f)',
      state: { data: 1 },
      output,
      root: folder,
    });
  });

  it('puts the time in the place of {{now}}', () => {
    const state = give('state.json', '{ "at": "{{now}}", "text": "{{now}}!" }');

    const { at, text } = readInput([job, '-s', state]).state as {
      at?: string;
      text?: string;
    };

    expect(at).to.match(/^\d{10}$/);
    expect(text).to.equal('{{now}}!');
  });

  it('needs no more than a job', () => {
    expect(readInput([job])).to.deep.equal({ source: 'fn(f)', state: {} });
  });

  it('refuses no job, and two', () => {
    refuses([], 'Usage:');
    refuses([job, job], 'Usage:');
  });

  it('refuses an unknown option', () => {
    refuses([job, '--nope'], "Unknown option '--nope'");
  });

  it('refuses a file that is missing', () => {
    refuses(['none.js'], 'Cannot read none.js');
    refuses([job, '-s', 'none.json'], 'Cannot read none.json');
  });

  it('refuses a state that is no JSON, or no object', () => {
    refuses([job, '-s', give('a.json', '{')], 'a.json is not JSON');
    refuses([job, '-s', give('b.json', '[]')], 'b.json must hold an object');
    refuses([job, '-s', give('c.json', 'null')], 'c.json must hold an object');
  });

  it('refuses an output in a folder that does not exist', () => {
    refuses([job, '-o', join(folder, 'none/out.json')], 'does not exist');
  });

  function give(name: string, content: string): string {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  }

  const refuses = (args: string[], message: string) =>
    expect(() => readInput(args)).to.throw(SetupError, message);
});
