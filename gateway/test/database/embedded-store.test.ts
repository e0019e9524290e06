import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Session } from '../../src/database/database';
import { newDataFolder, openEmbedded } from '../support/folders';
import { rejects } from '../support/rejects';
import { until } from '../support/waiting';

const STUCK_WORKER = new URL('../support/stuck-worker.js', import.meta.url);

const insert = (session: Session) =>
  session.query('INSERT INTO kept VALUES (1)');

describe('the embedded store on a disk that hangs', function () {
  before(function () {
    if (process.platform === 'win32') this.skip();
  });

  it('refuses whoever waits, and goes on when the disk does', async () => {
    const folder = await newDataFolder();
    const database = await openEmbedded(folder, {
      worker: STUCK_WORKER,
      limits: { answer: 200 },
    });
    const pipe = join(folder, 'hang');
    await database.query('CREATE TABLE kept (n int)');
    execFileSync('mkfifo', [pipe]);

    const stuck = database.transaction(insert);
    const behind = await rejects(database.query('SELECT 1'), 'STORAGE_STALLED');
    const later = await rejects(database.query('SELECT 1'), 'STORAGE_STALLED');
    // Whoever opens it for writing lets the reader go on.
    execFileSync('sh', ['-c', `: > ${pipe}`]);
    rmSync(pipe);
    await stuck;

    expect([behind, later]).to.have.length(2);
    expect(await database.query('SELECT n FROM kept')).to.have.length(1);
    await database.close();
  });
});

describe('the embedded store whose thread spins', () => {
  it('ends the thread, starts another one, and has what was acknowledged', async () => {
    const folder = await newDataFolder();
    const database = await openEmbedded(folder, {
      limits: { answer: 200, progress: 1000, pause: 10 },
    });
    await database.query('CREATE TABLE kept (n int)');
    await database.transaction(insert);

    await rejects(
      database.run('DO $$ BEGIN LOOP NULL; END LOOP; END $$'),
      'STORAGE_STALLED',
    );

    const rows = await until(
      () => database.query('SELECT n FROM kept').catch(() => undefined),
      'opening again',
    );
    expect(rows).to.deep.equal([{ n: 1 }]);
    await database.close();
  });
});

describe('reading from the embedded store', () => {
  it('is given up after its time, and does not begin afterwards', async () => {
    const folder = await newDataFolder();
    const database = await openEmbedded(folder, { limits: { read: 50 } });
    await database.query('CREATE TABLE kept (n int)');

    await database.transaction(async () => {
      await rejects(insert(database.reader), 'READ_TIMEOUT');
    });

    // Whatever waited before has had its turn when this has.
    expect(await database.query('SELECT n FROM kept')).to.deep.equal([]);
    await insert(database.reader);
    expect(await database.query('SELECT n FROM kept')).to.have.length(1);
    await database.close();
  });
});

describe('the embedded store that lost its folder', () => {
  it('acknowledges nothing that is written afterwards', async () => {
    const folder = await newDataFolder();
    const lost: Error[] = [];
    const database = await openEmbedded(folder, {
      onLost: error => lost.push(error),
    });
    await database.query('CREATE TABLE kept (n int)');

    const writing = database.transaction(async session => {
      await insert(session);
      writeFileSync(join(folder, 'gateway.lock'), 'another');
    });

    await rejects(writing, 'FOLDER_LOST');
    await rejects(database.query('SELECT 1'), 'STORAGE_CLOSED');
    expect(lost).to.have.length(1);
    await database.close();
  });
});
