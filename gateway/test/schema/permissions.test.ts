import { expect } from 'chai';
import pg from 'pg';
import { dump } from '../../src/backup/dump';
import { readEntries } from '../../src/backup/format';
import { restore } from '../../src/backup/restore';
import { createLogger } from '../../src/core/logger';
import { migrate } from '../../src/schema/migrations';
import { openPostgres } from '../../src/database/postgres';
import { grantTo } from '../../src/schema/permissions';
import { newPostgresUrl } from '../support/postgres';
import { FakeOpenFn } from '../support/openfn';
import { newId, post, sign, textWebhook } from '../support/payloads';
import { GatewayProcess, killGateways } from '../support/processes';
import { rejects } from '../support/rejects';
import { storedIds } from '../support/stored';
import { until } from '../support/waiting';

async function* linesOf(content: string): AsyncGenerator<string> {
  await Promise.resolve();
  yield* content.split('\n').slice(0, -1);
}

describe('rights of a PostgreSQL role', () => {
  const log = createLogger('silent');

  afterEach(killGateways);

  it('names what to grant, and needs no right to create once the tables are made', async function () {
    const url = await newPostgresUrl(this);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query('CREATE ROLE "only dml" LOGIN');
    await client.end();
    const owner = openPostgres(url, log);
    const other = openPostgres(url.replace('gateway@', 'only%20dml@'), log);

    const { message } = await rejects(migrate(other), 'RIGHTS_MISSING');
    expect(message).to.match(/GRANT CREATE ON DATABASE \w+ TO "only dml"/);
    await migrate(owner);
    await rejects(migrate(other), 'RIGHTS_MISSING');
    await rejects(grantTo(owner, 'nobody here'), 'UNKNOWN_ROLE');
    await grantTo(owner, 'only dml');
    await migrate(other);
    await other.query('SELECT * FROM whatsapp_gateway.events');
    await other.query('DELETE FROM whatsapp_gateway.forwards');

    await owner.close();
    await other.close();
  });

  for (const right of [
    'UPDATE ON whatsapp_gateway.forwards',
    'DELETE ON whatsapp_gateway.events',
    'USAGE ON SEQUENCE whatsapp_gateway.forwards_seq',
  ]) {
    it(`names what may not be used at the start, without ${right}`, async function () {
      const url = await newPostgresUrl(this);
      const owner = openPostgres(url, log);
      const role = `part_${right.slice(0, 3).toLowerCase()}`;
      await owner.run(`CREATE ROLE ${role} LOGIN`);
      await migrate(owner);
      await grantTo(owner, role);
      await owner.run(`REVOKE ${right} FROM ${role}`);
      const other = openPostgres(url.replace('gateway@', `${role}@`), log);

      const { message } = await rejects(migrate(other), 'RIGHTS_MISSING');
      await grantTo(owner, role);
      await migrate(other);

      expect(message).to.include(right.split(' ').at(-1));
      expect(message).to.include(`migrate --grant-to ${role}`);
      await other.close();
      await owner.close();
    });
  }

  it('restores a backup when it may set the counter, and else says so before anything is written', async function () {
    const url = await newPostgresUrl(this);
    const owner = openPostgres(url, log);
    await owner.run('CREATE ROLE restorer LOGIN');
    await migrate(owner);
    await grantTo(owner, 'restorer');
    const other = openPostgres(url.replace('gateway@', 'restorer@'), log);
    const content: string[] = [];
    for await (const text of dump(owner)) content.push(text);
    const entries = () => readEntries(linesOf(content.join('')));

    await owner.run(
      'REVOKE UPDATE ON ALL SEQUENCES IN SCHEMA whatsapp_gateway FROM restorer',
    );
    const { message } = await rejects(
      restore(other, entries()),
      'RIGHTS_MISSING',
    );
    expect(message).to.include('migrate --grant-to restorer');
    const marks = await owner.query('SELECT FROM whatsapp_gateway.restores');
    expect(marks).to.deep.equal([]);
    await grantTo(owner, 'restorer');
    await restore(other, entries());

    await owner.close();
    await other.close();
  });

  it('runs a whole gateway with a role that only reads and writes, after another one made the tables', async function () {
    const url = await newPostgresUrl(this);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(`CREATE ROLE gateway_user LOGIN;
      REVOKE ALL ON SCHEMA public FROM PUBLIC`);
    const openfn = await new FakeOpenFn().open();
    const environment = {
      DATABASE_URL: url.replace('gateway@', 'gateway_user@'),
      OPENFN_WEBHOOK_URL: openfn.url,
      FORWARD_ORDER: 'person',
      ALERT_URL: openfn.url,
    };

    const early = new GatewayProcess(environment);
    expect(await early.exited).to.equal(1);
    expect(early.errors).to.include('migrate --grant-to gateway_user');
    const args = ['migrate', '--grant-to', 'gateway_user'];
    const made = new GatewayProcess({ DATABASE_URL: url }, args);
    expect(await made.exited).to.equal(0);
    await client.query(
      `INSERT INTO whatsapp_gateway.events (id, key, kind, happened_at, received_at, item)
       VALUES (gen_random_uuid(), 'old', 'messages', now(), now() - interval '1 year', '{}')`,
    );
    const gateway = await new GatewayProcess(environment).ready();
    const [id, body] = [newId(), '{"no":"webhook"}'];
    await post(gateway.url, textWebhook('Hello', { id }));
    expect((await post(gateway.url, body, sign(body))).status).to.equal(200);
    await until(() => openfn.received.length > 0, 'forwarding');
    await until(
      () => gateway.output.includes('old data was deleted'),
      'maintenance',
    );

    expect(await storedIds(gateway.url)).to.deep.equal([id]);
    expect((await fetch(`${gateway.url}/readyz`)).status).to.equal(200);
    expect(await gateway.stop()).to.equal(0);
    expect(gateway.output).to.not.match(
      /"level":"(warn|error|fatal)"(?!.*quarantine)/,
    );
    expect(gateway.output).to.not.include('42501');
    await client.end();
    await openfn.close();
  });
});
