import { expect } from 'chai';
import { ask, startGateway, stopGateways } from '../support/gateways';
import { FakeOpenFn } from '../support/openfn';
import { post, textWebhook } from '../support/payloads';
import { newPostgresUrl } from '../support/postgres';
import { GatewayProcess, killGateways } from '../support/processes';
import { until } from '../support/waiting';

const ALL = { from: '2020-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z' };

describe('replays', () => {
  let url: string;
  let openfn: FakeOpenFn;

  beforeEach(async () => {
    openfn = await new FakeOpenFn().open();
    ({ url } = await startGateway({ openfnWebhookUrl: openfn.url }));
    await post(url, textWebhook('once more'));
    await until(async () => (await count()) === 1, 'noting the delivery');
  });

  afterEach(async () => {
    await killGateways();
    await stopGateways();
    await openfn.close();
  });

  const send = (body: unknown, headers: Record<string, string> = {}) =>
    ask<{ delivered: number; error?: { code: string } }>(url, '/replays', {
      method: 'POST',
      body: JSON.stringify(body),
      headers,
    });
  const count = async () =>
    (await send({ ...ALL, dryRun: true })).body.delivered;

  it('are for operators', async () => {
    const { status } = await send(ALL, { authorization: 'Bearer other' });

    expect(status).to.equal(401);
  });

  it('send the same body with the same ID', async () => {
    const { status, body } = await send(ALL);

    expect(status).to.equal(202);
    expect(body).to.deep.equal({ dryRun: false, delivered: 1, dead: 0 });
    await until(() => openfn.received.length === 2, 'forwarding');
    const [first, second] = openfn.received;
    expect(second?.body).to.equal(first?.body);
    const id = 'x-gateway-forward';
    expect(second?.headers[id]).to.equal(first?.headers[id]);
  });

  for (const body of [
    [],
    { from: ALL.from },
    { from: ALL.to, to: ALL.from },
    { ...ALL, from: 'yesterday' },
    { ...ALL, kind: 'a\0b' },
    { ...ALL, dryRun: 'yes' },
    { ...ALL, dryrun: true },
  ]) {
    it(`refuse ${JSON.stringify(body)}`, async () => {
      const { status, body: answer } = await send(body);

      expect(status).to.equal(400);
      expect(answer.error?.code).to.equal('BAD_PARAMETER');
      expect(await count()).to.equal(1);
    });
  }

  const ended = (args: string[]) => run(['--gateway', url, ...args]);
  const run = async (args: string[], environment = {}) => {
    const span = ['--from', ALL.from, '--to', ALL.to];
    const command = new GatewayProcess(environment, [
      ...['replay', ...span, ...args],
    ]);
    const code = await command.exited;
    return { code, output: command.output, errors: command.errors };
  };

  it('are asked of a running gateway by the command', async () => {
    const asked = await ended([]);
    expect(asked.code).to.equal(1);
    expect(asked.errors).to.include('--yes');
    const dry = await ended(['--dry-run', '--yes']);
    expect(dry.output.trim()).to.equal('1 to send again: 1 delivered, 0 dead.');
    expect(openfn.received).to.have.length(1);

    const { code, output } = await ended(['--yes']);

    expect(code).to.equal(0);
    expect(output).to.include('1 wait to be sent again.');
    await until(() => openfn.received.length === 2, 'forwarding');
  });

  it('are explained by the command when they are refused', async () => {
    const { code, errors } = await ended(['--from', 'yesterday']);

    expect(code).to.equal(1);
    expect(errors)
      .to.include('--from')
      .and.not.match(/\n +at /);
  });

  for (const gateway of ['http://gateway.example', 'gateway.example:8080']) {
    it(`show the key to no ${gateway}`, async () => {
      const { code, errors } = await run(['--gateway', gateway, '--dry-run']);

      expect(code).to.equal(1);
      expect(errors).to.include('--gateway').and.include('INVALID_OPTION');
    });
  }

  it('are refused by the command where the tables are missing', async function () {
    const DATABASE_URL = await newPostgresUrl(this);

    const { code, errors } = await run(['--yes'], { DATABASE_URL });

    expect(code).to.equal(1);
    expect(errors).to.include('TABLES_OUTDATED').and.include('migrate');
  });

  it('are made by the command beside a gateway on PostgreSQL', async function () {
    const databaseUrl = await newPostgresUrl(this);
    const options = { openfnWebhookUrl: openfn.url, databaseUrl };
    ({ url } = await startGateway(options));
    await post(url, textWebhook('on PostgreSQL'));
    await until(async () => (await count()) === 1, 'noting the delivery');

    const { code } = await run(['--yes'], { DATABASE_URL: databaseUrl });

    expect(code).to.equal(0);
    await until(() => openfn.received.length === 3, 'forwarding');
  });
});
