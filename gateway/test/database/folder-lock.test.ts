import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { checkGeneration, lockFolder } from '../../src/database/folder-lock';
import {
  needContainers,
  signalInside,
  spawnContainer,
} from '../support/containers';
import { newFolder } from '../support/folders';
import { rejects } from '../support/rejects';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const HOLD = 'gateway/test/support/hold-folder.ts';

describe('lockFolder', () => {
  it('gives a folder to one only of many that try at once', async () => {
    const folder = newFolder();

    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, () => lockFolder(folder)),
    );

    const won = tries.filter(({ status }) => status === 'fulfilled');
    expect(won).to.have.length(1);
    for (const one of won) if (one.status === 'fulfilled') one.value.release();
  });

  it('names the folder and what to do when another one has it', async () => {
    const folder = newFolder();
    const lock = await lockFolder(folder);

    const error = await rejects(lockFolder(folder), 'FOLDER_IN_USE');

    expect(error.message).to.include('GATEWAY_DATA').and.include(folder);
    lock.release();
    (await lockFolder(folder)).release();
  });

  it('takes over what an earlier version left', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'gateway.lock'), '{"key":"x","pid":1}');

    const { generation, release } = await lockFolder(folder);

    checkGeneration(folder, generation);
    release();
  });
});

describe('checkGeneration', () => {
  const lose = {
    'another process took the folder': (folder: string) =>
      writeFileSync(join(folder, 'gateway.lock'), 'another'),
    'the lock file is gone': (folder: string) =>
      rmSync(join(folder, 'gateway.lock')),
  };

  for (const [title, act] of Object.entries(lose)) {
    it(`fails when ${title}`, async () => {
      const folder = newFolder();
      const { generation, release } = await lockFolder(folder);
      checkGeneration(folder, generation);

      act(folder);

      expect(() => checkGeneration(folder, generation))
        .to.throw()
        .with.property('code', 'FOLDER_LOST');
      release();
    });
  }
});

describe('two containers with the same host name on one folder', function () {
  const containers: ChildProcess[] = [];

  before(function () {
    needContainers(this);
  });

  afterEach(() => {
    for (const one of containers.splice(0)) one.kill('SIGKILL');
  });

  /** The first word of a process that tries to take the folder. */
  async function hold(folder: string): Promise<[string, ChildProcess]> {
    const command = [process.execPath, '--import', 'tsx', HOLD, folder];
    const container = spawnContainer(command, ROOT);
    containers.push(container);
    if (!container.stdout) throw new Error('the process has no output');
    for await (const line of createInterface(container.stdout)) {
      return [line, container];
    }
    throw new Error('the process said nothing');
  }

  it('the second is refused, also while the first is frozen and after it wakes up', async () => {
    const folder = newFolder();
    const [first, holder] = await hold(folder);
    const [whileItRuns] = await hold(folder);

    signalInside(holder, 'SIGSTOP');
    const [whileItIsFrozen] = await hold(folder);
    signalInside(holder, 'SIGCONT');
    const [afterItWokeUp] = await hold(folder);

    expect(first).to.equal('HELD');
    const others = [whileItRuns, whileItIsFrozen, afterItWokeUp];
    expect(others).to.deep.equal(Array(3).fill('FOLDER_IN_USE'));
  });

  it('the second gets the folder at once when the first is killed', async () => {
    const folder = newFolder();
    const [, holder] = await hold(folder);
    const exited = new Promise(resolve => holder.once('exit', resolve));

    signalInside(holder, 'SIGKILL');
    await exited;

    const [second] = await hold(folder);
    expect(second).to.equal('HELD');
  });
});
