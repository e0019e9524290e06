import { spawn } from 'node:child_process';
import fs, { readFileSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Session } from '../../src/store/database';
import { lockFolder } from '../../src/store/folder-lock';
import { openPglite } from '../../src/store/pglite';
import { newDataFolder, newFolder } from '../support/folders';
import { rejects } from '../support/rejects';
import { until } from '../support/waiting';

describe('openPglite', () => {
  it('can be used after statements that failed in their own transaction', async () => {
    const database = await openPglite(await newDataFolder());

    await rejects(database.run('BEGIN; SELECT 1/0; COMMIT'), '22012');

    expect(await database.query('SELECT 1 AS one')).to.deep.equal([{ one: 1 }]);
    await database.close();
  });

  it('says what to look for when it cannot be opened', async () => {
    const file = join(newFolder(), 'file');
    writeFileSync(file, '');

    await rejects(openPglite(join(file, 'data')), 'STORE_UNUSABLE');
  });

  it('refuses a folder that is open, and takes it when it is closed', async () => {
    const folder = await newDataFolder();
    const first = await openPglite(folder);

    const error = await rejects(openPglite(folder), 'FOLDER_IN_USE');
    await first.close();
    const second = await openPglite(folder);

    expect(error.message).to.include('GATEWAY_DATA').and.include(folder);
    await second.close();
  });
});

describe('the disk', () => {
  /** How often the disk was asked to keep something during a work. */
  async function syncsDuring(
    work: (count: () => number) => Promise<unknown>,
  ): Promise<number> {
    const { fdatasyncSync } = fs;
    let syncs = 0;
    fs.fdatasyncSync = file => {
      syncs += 1;
      fdatasyncSync(file);
    };
    syncBuiltinESMExports();
    try {
      await work(() => syncs);
    } finally {
      fs.fdatasyncSync = fdatasyncSync;
      syncBuiltinESMExports();
    }
    return syncs;
  }

  it('keeps a transaction before it is acknowledged, and others soon after', async () => {
    const database = await openPglite(await newDataFolder());
    await database.query('CREATE TABLE kept (n int)');
    const insert = (session: Session) =>
      session.query('INSERT INTO kept VALUES (1)');

    const atOnce = await syncsDuring(() => database.transaction(insert));
    const later = await syncsDuring(() => database.transactionSoon(insert));
    expect(atOnce).to.be.at.least(1);
    expect(later).to.equal(0);
    await syncsDuring(count => until(() => count() > 0, 'keeping'));
    await database.close();
  });
});

describe('lockFolder', () => {
  const write = (folder: string, holder: object) =>
    writeFileSync(join(folder, 'gateway.lock'), JSON.stringify(holder));

  it('takes over the lock of a process that is gone', async () => {
    const folder = newFolder();
    const gone = spawn(process.execPath, ['-e', '']);
    await new Promise(resolve => gone.once('exit', resolve));
    write(folder, { key: 'x', pid: gone.pid, host: hostname(), started: '1' });

    const unlock = await lockFolder(folder);

    await unlock();
  });

  it('takes over the lock of a process whose number another one has now', async () => {
    const folder = newFolder();
    const { ppid: pid } = process;
    write(folder, { key: 'x', pid, host: hostname(), started: 'earlier' });

    const unlock = await lockFolder(folder);

    await unlock();
  });

  it('takes over its own lock from before a crash in a container', async () => {
    const folder = newFolder();
    const { pid } = process;
    write(folder, { key: 'x', pid, host: hostname(), started: 'earlier' });

    const unlock = await lockFolder(folder);

    await unlock();
  });

  it('respects a fresh lock of another container', async () => {
    const folder = newFolder();
    write(folder, { key: 'x', pid: 1, host: 'another', started: '1' });

    await rejects(lockFolder(folder), 'FOLDER_IN_USE');
  });

  it('gives it to one only of many that try at once', async () => {
    const folder = newFolder();
    write(folder, {
      key: 'x',
      pid: 2 ** 22 + 1,
      host: hostname(),
      started: '1',
    });

    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, () => lockFolder(folder)),
    );

    const won = tries.filter(({ status }) => status === 'fulfilled');
    expect(won).to.have.length(1);
    expect(readFileSync(join(folder, 'gateway.lock'), 'utf8')).to.include(
      'pid',
    );
    for (const one of won) if (one.status === 'fulfilled') await one.value();
  });
});
