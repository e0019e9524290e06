import fs, { writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Session } from '../../src/store/database';
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
