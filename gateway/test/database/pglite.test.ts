import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Session } from '../../src/database/database';
import { migrate } from '../../src/schema/migrations';
import { createWriter } from '../../src/store/webhook-store';
import { arrival } from '../support/arrivals';
import { newDataFolder, newFolder, openEmbedded } from '../support/folders';
import { textWebhook } from '../support/payloads';
import { rejects } from '../support/rejects';
import { until } from '../support/waiting';

const COUNTING_WORKER = new URL(
  '../support/counting-worker.js',
  import.meta.url,
);

describe('openPglite', () => {
  it('can be used after statements that failed in their own transaction', async () => {
    const database = await openEmbedded(await newDataFolder());

    await rejects(database.run('BEGIN; SELECT 1/0; COMMIT'), '22012');

    expect(await database.query('SELECT 1 AS one')).to.deep.equal([{ one: 1 }]);
    await database.close();
  });

  it('can be used after a statement with values that failed, and after its tables changed', async () => {
    const database = await openEmbedded(await newDataFolder());
    const divide = (by: number) =>
      database.query('SELECT 6 / $1::integer AS result', [by]);
    const read = () => database.query('SELECT * FROM t WHERE a > $1', [0]);
    await database.run('CREATE TABLE t (a integer); INSERT INTO t VALUES (1)');

    expect(await divide(2)).to.deep.equal([{ result: 3 }]);
    await rejects(divide(0), '22012');
    expect(await divide(3)).to.deep.equal([{ result: 2 }]);
    expect(await read()).to.deep.equal([{ a: 1 }]);
    await database.run('ALTER TABLE t ADD b text');
    await rejects(read(), '0A000');
    expect(await read()).to.deep.equal([{ a: 1, b: null }]);
    await database.close();
  });

  it('keeps no statement that failed, also in a transaction', async () => {
    const database = await openEmbedded(await newDataFolder());
    const fail = (session: Session) =>
      session.query('SELECT 6 / $1::integer', [0]);

    for (let i = 0; i < 10; i++) {
      await rejects(fail(database), '22012');
      await rejects(database.transaction(fail), '22012');
    }

    const [row] = await database.query<{ count: number }>(
      'SELECT count(*)::integer AS count FROM pg_prepared_statements WHERE name <> $1',
      [''],
    );
    // This one.
    expect(row?.count).to.equal(1);
    await database.close();
  });

  it('says what to look for when it cannot be opened', async () => {
    const file = join(newFolder(), 'file');
    writeFileSync(file, '');

    await rejects(openEmbedded(join(file, 'data')), 'STORE_UNUSABLE');
  });

  it('refuses a folder that is open, and takes it when it is closed', async () => {
    const folder = await newDataFolder();
    const first = await openEmbedded(folder);

    const error = await rejects(openEmbedded(folder), 'FOLDER_IN_USE');
    await first.close();
    const second = await openEmbedded(folder);

    expect(error.message).to.include('GATEWAY_DATA').and.include(folder);
    await second.close();
  });
});

describe('the disk', () => {
  it('keeps a transaction before it is acknowledged, and others soon after', async () => {
    const folder = await newDataFolder();
    const database = await openEmbedded(folder, { worker: COUNTING_WORKER });
    const syncs = () => readFileSync(join(folder, 'syncs'), 'utf8').length;
    await database.query('CREATE TABLE kept (n int)');
    const insert = (session: Session) =>
      session.query('INSERT INTO kept VALUES (1)');

    const before = syncs();
    await database.transaction(insert);
    const atOnce = syncs();
    await database.transactionAsyncCommit(insert);
    const later = syncs();

    expect(atOnce).to.be.above(before);
    expect(later).to.equal(atOnce);
    await until(() => syncs() > later, 'keeping');
    await database.close();
  });

  it('keeps a webhook before it is acknowledged', async () => {
    const folder = await newDataFolder();
    const database = await openEmbedded(folder, { worker: COUNTING_WORKER });
    const syncs = () => readFileSync(join(folder, 'syncs'), 'utf8').length;
    await migrate(database);
    const write = createWriter(database, { keep: () => Promise.resolve() });

    const counts = [];
    for (const text of ['Hello', 'Are you there?']) {
      const before = syncs();
      await write([arrival(textWebhook(text))]);
      counts.push(syncs() - before);
    }

    expect(Math.min(...counts)).to.be.above(0);
    await database.close();
  });
});
