import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { readEntries } from '../../src/backup/format';
import { restore } from '../../src/backup/restore';
import { newDataFolder, newFolder, openEmbedded } from '../support/folders';
import { post, newId, textWebhook } from '../support/payloads';
import { newPostgresUrl } from '../support/postgres';
import { GatewayProcess, killGateways } from '../support/processes';
import { rejects } from '../support/rejects';
import { storedIds } from '../support/stored';
import { until } from '../support/waiting';

type Store = Record<string, string>;

describe('backup and restore', function () {
  this.timeout(200_000);

  afterEach(killGateways);

  const start = (store: Store) =>
    new GatewayProcess({ FORWARD: 'none', ...store }).ready();
  const run = async (args: string[], store: Store) => {
    const command = new GatewayProcess(store, args);
    const code = await command.exited;
    return { code, errors: command.errors, output: command.output };
  };
  const fill = async (url: string, count: number) => {
    const ids = Array.from({ length: count }, () => newId());
    const text = 'x'.repeat(2000);
    for (let i = 0; i < count; i += 50) {
      const bodies = ids.slice(i, i + 50).map(id => textWebhook(text, { id }));
      await Promise.all(bodies.map(body => post(url, body)));
    }
    return ids.sort();
  };

  for (const [name, newStore] of [
    ['embedded', async () => ({ GATEWAY_DATA: await newDataFolder() })],
    [
      'PostgreSQL',
      async (test: Mocha.Context) => ({
        DATABASE_URL: await newPostgresUrl(test),
      }),
    ],
  ] as const) {
    it(`saves a gateway that runs (${name}), is killed in the middle of it and of the restore, and loses nothing`, async function () {
      const store: Store = await newStore(this);
      const gateway = await start(store);
      const ids = await fill(gateway.url, 3000);
      const port = { PORT: new URL(gateway.url).port };
      const file = join(newFolder(), 'backup.gz');
      const backup = ['backup', '--to', file];

      const killed = new GatewayProcess({ ...store, ...port }, backup);
      await until(() => existsSync(`${file}.partial`), 'writing');
      await killed.kill();
      expect(existsSync(file)).to.equal(false);
      const sending = fill(gateway.url, 200);
      const saved = await until(async () => {
        const result = await run(backup, { ...store, ...port });
        // The gateway may not have noticed yet that the first one is gone.
        return result.errors.includes('BACKUP_RUNNING') ? undefined : result;
      }, 'saving');
      expect(saved.code, saved.errors).to.equal(0);
      await sending;
      expect(statSync(file).mode & 0o077).to.equal(0);
      expect((await run(backup, store)).errors).to.include('FILE_EXISTS');
      await gateway.stop();

      const target: Store = await newStore(this);
      const restore = ['restore', '--from', file];
      const interrupted = new GatewayProcess(target, restore);
      const begun = 'the backup is being restored';
      await until(() => interrupted.output.includes(begun), 'restoring');
      await interrupted.kill();
      const again = await run(restore, target);
      const restored = await start(target);

      // A restore that had already ended is refused, and changed nothing.
      if (again.code !== 0) {
        expect(again.errors).to.include('STORE_NOT_EMPTY');
      }
      expect(await storedIds(restored.url)).to.include.members(ids);
      expect(await restored.stop()).to.equal(0);
    });
  }

  it('is of the gateway that --gateway names, and says what is wrong when that gives none', async () => {
    const gateway = await start({ GATEWAY_DATA: await newDataFolder() });
    const ids = await fill(gateway.url, 50);
    const [file, other] = ['a.gz', 'b.gz'].map(name => join(newFolder(), name));
    const ask = (to: string, url: string, more: Store = {}) =>
      run(['backup', '--to', to, '--gateway', url], more);

    const saved = await ask(`${file}`, `${gateway.url}/`);
    const wrong = await ask(`${other}`, gateway.url, { GATEWAY_KEY: 'wrong' });
    const gone = await ask(`${other}`, 'http://127.0.0.1:1');
    const open = await ask(`${other}`, 'http://gateway.example.org');

    expect(saved.code, saved.errors).to.equal(0);
    const content = gunzipSync(readFileSync(`${file}`)).toString();
    for (const id of ids) expect(content).to.include(id);
    expect(wrong.errors).to.include('The key of the gateway is missing');
    expect(gone.errors).to.include('GATEWAY_UNREACHABLE');
    expect(open.errors).to.include('INVALID_OPTION').and.include('https');
    expect(existsSync(`${other}`)).to.equal(false);
  });

  it('is no backup of a database without tables', async function () {
    const DATABASE_URL = await newPostgresUrl(this);
    const file = join(newFolder(), 'backup.gz');

    const { code, errors } = await run(['backup', '--to', file], {
      DATABASE_URL,
    });

    expect(code).to.equal(1);
    expect(errors).to.include('TABLES_OUTDATED').and.include('migrate');
    expect(existsSync(file)).to.equal(false);
  });

  it('is finished with the same file, and nothing starts on half of it', async () => {
    const folder = await newDataFolder();
    const gateway = await start({ GATEWAY_DATA: folder });
    const ids = await fill(gateway.url, 100);
    await gateway.stop();
    const file = join(newFolder(), 'backup.gz');
    const saved = await run(['backup', '--to', file], { GATEWAY_DATA: folder });
    expect(saved.code, saved.errors).to.equal(0);
    const target = { GATEWAY_DATA: await newDataFolder() };
    await restoreHalf(target.GATEWAY_DATA, file);

    const started = await run(['start'], { ...target, FORWARD: 'none' });
    const other = await run(['backup', '--to', `${file}.2`], target);
    const finished = await run(['restore', '--from', file], target);

    expect(started.code).to.equal(1);
    expect(started.errors).to.include('RESTORE_UNFINISHED');
    expect(other.code).to.equal(1);
    expect(other.errors).to.include('RESTORE_UNFINISHED');
    expect(finished.code, finished.errors).to.equal(0);
    const next = await start(target);
    expect((await storedIds(next.url)).sort()).to.deep.equal(ids);
  });

  it('writes nothing of a damaged file', async () => {
    const store = { GATEWAY_DATA: await newDataFolder() };
    const gateway = await start(store);
    await fill(gateway.url, 50);
    await gateway.stop();
    const file = join(newFolder(), 'backup.gz');
    const saved = await run(['backup', '--to', file], store);
    expect(saved.code, saved.errors).to.equal(0);
    writeFileSync(file, readFileSync(file).subarray(0, -20));

    const target = { GATEWAY_DATA: await newDataFolder() };
    const refused = await run(['restore', '--from', file], target);
    const empty = await start(target);

    expect(refused.code).to.equal(1);
    expect(refused.errors).to.include('BACKUP_DAMAGED');
    expect(await storedIds(empty.url)).to.deep.equal([]);
  });
});

/** As a restore leaves it that is killed in the middle. */
async function restoreHalf(folder: string, file: string): Promise<void> {
  const lines = gunzipSync(readFileSync(file)).toString().split('\n');
  async function* half() {
    await Promise.resolve();
    yield* lines.slice(0, lines.length / 2);
  }
  const database = await openEmbedded(folder);
  await rejects(restore(database, readEntries(half())), 'BACKUP_DAMAGED');
  await database.close();
}
