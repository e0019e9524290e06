import { expect } from 'chai';
import type { Replay } from '../../src/replay/replay-jobs';
import { nextId } from '../../src/core/ids';
import { ask, startGateway, stopGateways } from '../support/gateways';
import { newDataFolder } from '../support/folders';
import { FakeOpenFn } from '../support/openfn';
import { post, textWebhook, webhook } from '../support/payloads';
import { newPostgresUrl } from '../support/postgres';
import { GatewayProcess, killGateways } from '../support/processes';
import { until } from '../support/waiting';

const ALL = { from: '2020-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z' };

describe('replays', () => {
  let url: string;
  let dataFolder: string;
  const options = () => ({ openfnWebhookUrl: openfn.url });
  let openfn: FakeOpenFn;

  beforeEach(async () => {
    openfn = await new FakeOpenFn().open();
    dataFolder = await newDataFolder();
    ({ url } = await startGateway({ ...options(), dataFolder }));
    await post(url, textWebhook('once more'));
    await until(async () => (await count()) === 1, 'noting the delivery');
  });

  afterEach(async () => {
    await killGateways();
    await stopGateways();
    await openfn.close();
  });

  type Answer = Replay & { error?: { code: string } };

  const send = (body: unknown, headers: Record<string, string> = {}) =>
    ask<Answer>(url, '/replays', {
      method: 'POST',
      body: JSON.stringify(body),
      headers,
    });
  const finished = async (body: unknown) => {
    const { id } = (await send(body)).body;
    return until(async () => {
      const { body } = await ask<Answer>(url, `/replays/${id}`);
      return body.state === 'running' ? undefined : body;
    }, 'the replay');
  };
  const count = async () =>
    (await finished({ ...ALL, dryRun: true })).delivered;

  it('send the same body with the same ID, and tell how far they are', async () => {
    const { status, body } = await send(ALL);

    expect(status).to.equal(202);
    expect(body).to.include({ state: 'running', dryRun: false, delivered: 0 });
    await until(() => openfn.received.length === 2, 'forwarding');
    const [first, second] = openfn.received;
    expect(second?.body).to.equal(first?.body);
    const id = 'x-gateway-forward';
    expect(second?.headers[id]).to.equal(first?.headers[id]);
    const { body: done } = await ask<Answer>(url, `/replays/${body.id}`);
    expect(done).to.include({ state: 'done', delivered: 1, total: 1 });
    const { body: list } = await ask<{ data: Answer[] }>(url, '/replays');
    expect(list.data[0]).to.deep.equal(done);
    const other = { authorization: 'Bearer other' };
    expect((await send(ALL, other)).status).to.equal(401);
    const unknown = await ask<Answer>(url, `/replays/${nextId()}`);
    expect(unknown.body.error?.code).to.equal('UNKNOWN_REPLAY');
  });

  it('compose what a route never got', async () => {
    const status = { id: 'w', status: 'sent', recipient_id: '254700000001' };
    await post(url, JSON.stringify(webhook({ statuses: [status] })));
    await stopGateways();
    const forward = 'messages,statuses';
    ({ url } = await startGateway({ ...options(), forward, dataFolder }));

    const replay = await finished({ ...ALL, route: 'default', only: 'new' });

    expect(replay).to.include({ state: 'done', composed: 1, delivered: 0 });
    await until(() => openfn.received.length === 2, 'forwarding');
    expect(openfn.received[1]?.body).to.include('"statuses":[{"id":"w"');
  });

  it('refuse what cannot be read', async () => {
    for (const body of [
      [],
      { from: ALL.from },
      { from: ALL.to, to: ALL.from },
      { ...ALL, from: 'yesterday' },
      { ...ALL, kind: 'a\0b' },
      { ...ALL, kind: 'mesages' },
      { ...ALL, dryRun: 'yes' },
      { ...ALL, dryrun: true },
      { ...ALL, route: 'other' },
      { ...ALL, only: 'new' },
      { ...ALL, route: 'default', only: 'old' },
      { ...ALL, moveTo: 'default' },
      { ...ALL, route: 'old', moveTo: 'other' },
      { ...ALL, route: 'old', moveTo: 'default', only: 'new' },
    ]) {
      const { status, body: answer } = await send(body);

      expect(status, JSON.stringify(body)).to.equal(400);
      expect(answer.error?.code).to.equal('BAD_PARAMETER');
    }
    expect(await count()).to.equal(1);
  });

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
    ({ url } = await startGateway({ ...options(), databaseUrl }));
    await post(url, textWebhook('on PostgreSQL'));
    await until(async () => (await count()) === 1, 'noting the delivery');

    const environment = {
      ...{ DATABASE_URL: databaseUrl, OPENFN_WEBHOOK_URL: openfn.url },
    };

    const { code } = await run(['--yes'], environment);
    const fresh = ['--route', 'default', '--only', 'new', '--yes'];
    const none = await run(fresh, environment);

    expect(code).to.equal(0);
    expect(none.output).to.include('0 to send again');
    await until(() => openfn.received.length === 3, 'forwarding');
  });
});
