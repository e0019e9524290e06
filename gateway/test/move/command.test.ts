import { expect } from 'chai';
import pg from 'pg';
import { newDataFolder } from '../support/folders';
import { FakeOpenFn } from '../support/openfn';
import { post, textWebhook, newId } from '../support/payloads';
import { newPostgresUrl } from '../support/postgres';
import { GatewayProcess, killGateways } from '../support/processes';
import { storedIds } from '../support/stored';
import { idsIn, newIds, sendUntilTaken } from '../support/traffic';
import { until } from '../support/waiting';

describe('the command move', () => {
  let openfn: FakeOpenFn;
  let folder: { GATEWAY_DATA: string };
  let database: { DATABASE_URL: string };

  beforeEach(async function () {
    database = { DATABASE_URL: await newPostgresUrl(this) };
    folder = { GATEWAY_DATA: await newDataFolder() };
    openfn = await new FakeOpenFn().open();
  });

  afterEach(async () => {
    await killGateways();
    await openfn?.close();
  });

  const start = (store: Record<string, string>) =>
    new GatewayProcess({ ...store, OPENFN_WEBHOOK_URL: openfn.url }).ready();
  const move = async (...more: string[]) => {
    const args = ['move', '--to', database.DATABASE_URL, ...more];
    const command = new GatewayProcess(folder, args);
    const code = await command.exited;
    return { code, errors: command.errors, output: command.output };
  };
  const arrived = () => idsIn(openfn.bodies);
  const allForwarded = (ids: string[]) =>
    until(() => new Set(arrived()).size >= ids.length, 'forwarding');

  it('moves a gateway that runs, which goes on with the database and loses nothing', async () => {
    const gateway = await start(folder);
    const before = newIds(300);
    await sendUntilTaken([gateway.url], before);
    const ids = [...before];
    let isOver = false;
    const lane = async () => {
      while (!isOver) {
        const id = newId();
        ids.push(id);
        await sendUntilTaken([gateway.url], [id]);
      }
    };
    const lanes = Promise.all([lane(), lane(), lane()]);

    const moved = await move('--gateway', gateway.url);
    isOver = true;
    await lanes;
    const again = newIds(20);
    await sendUntilTaken([gateway.url], again);
    ids.push(...again);

    expect(moved.code, moved.errors).to.equal(0);
    expect(moved.output).to.include('set DATABASE_URL');
    expect((await storedIds(gateway.url)).sort()).to.deep.equal(ids.sort());
    expect((await move('--gateway', gateway.url)).code).to.equal(0);
    await allForwarded(ids);
    expect(await gateway.stop()).to.equal(0);
    expect(arrived().sort()).to.deep.equal(ids);

    const old = new GatewayProcess({ ...folder, FORWARD: 'none' });
    expect(await old.exited).to.equal(1);
    expect(old.errors).to.include('FOLDER_MOVED').and.include('DATABASE_URL');
    expect(old.errors).to.match(/moved to postgres:\/\/gateway@127\.0\.0\.1/);
    const next = await start(database);
    expect((await storedIds(next.url)).sort()).to.deep.equal(ids);
  });

  it('moves the folder of a gateway that is stopped', async () => {
    openfn.refuse(503);
    const gateway = await start(folder);
    const ids = newIds(50).sort();
    await sendUntilTaken([gateway.url], ids);
    await gateway.stop();

    const moved = await move();

    expect(moved.code, moved.errors).to.equal(0);
    openfn.accept();
    const next = await start(database);
    expect((await storedIds(next.url)).sort()).to.deep.equal(ids);
    await allForwarded(ids);
  });

  it('goes on with the folder when the database is not the same at the end, and moves when it is', async () => {
    const made = new GatewayProcess(database, ['migrate']);
    expect(await made.exited).to.equal(0);
    const client = new pg.Client({ connectionString: database.DATABASE_URL });
    await client.connect();
    await client.query(`
      CREATE FUNCTION damage() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN NEW.name := 'damaged'; RETURN NEW; END $$;
      CREATE TRIGGER damage BEFORE INSERT OR UPDATE ON whatsapp_gateway.events
        FOR EACH ROW EXECUTE FUNCTION damage()`);
    const gateway = await start(folder);
    const ids = newIds(30);
    await sendUntilTaken([gateway.url], ids);

    const failed = await move('--gateway', gateway.url);
    const more = newIds(10);
    await sendUntilTaken([gateway.url], more);
    ids.push(...more);
    await allForwarded(ids);
    await client.query('DROP FUNCTION damage CASCADE');
    await client.end();
    const moved = await move('--gateway', gateway.url);

    expect(failed.code).to.equal(1);
    expect(failed.errors)
      .to.include('MOVE_DIFFERS')
      .and.include('30 of events');
    expect(moved.code, moved.errors).to.equal(0);
    expect((await storedIds(gateway.url)).sort()).to.deep.equal(ids.sort());
    expect(await gateway.stop()).to.equal(0);
    expect(arrived().sort()).to.deep.equal(ids);
  });

  it('leaves a gateway as it was when the database does not fit', async () => {
    const other = await start(database);
    await sendUntilTaken([other.url], newIds(1));
    const gateway = await start(folder);
    const ids = newIds(20).sort();
    await sendUntilTaken([gateway.url], ids);

    const used = await move('--gateway', gateway.url);
    await other.stop();
    const full = await move('--gateway', gateway.url);
    const key = ['--gateway', gateway.url];
    const wrong = new GatewayProcess({ ...folder, GATEWAY_KEY: 'wrong' }, [
      ...['move', '--to', database.DATABASE_URL],
      ...key,
    ]);

    expect(used.code).to.equal(1);
    expect(used.errors).to.include('DATABASE_IN_USE');
    expect(full.code).to.equal(1);
    expect(full.errors).to.include('STORE_NOT_EMPTY');
    expect(await wrong.exited).to.equal(1);
    expect(wrong.errors).to.include(
      'The key of the gateway is missing or wrong',
    );
    const later = textWebhook('Hello', { id: newId() });
    expect((await post(gateway.url, later)).status).to.equal(200);
    expect(await storedIds(gateway.url)).to.include.members(ids);
    expect(await gateway.stop()).to.equal(0);
    expect((await start(folder)).url).to.not.equal('');
  });
});
