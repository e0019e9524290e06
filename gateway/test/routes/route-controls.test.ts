import { expect } from 'chai';
import type { RouteState } from '../../src/routes/route-controls';
import { ask, startGateway, stopGateways } from '../support/gateways';
import { FakeOpenFn } from '../support/openfn';
import { post, textWebhook } from '../support/payloads';
import { newPostgresUrl } from '../support/postgres';
import { sleep, until } from '../support/waiting';

describe('routes', () => {
  let openfn: FakeOpenFn;

  beforeEach(async () => (openfn = await new FakeOpenFn().open()));

  afterEach(async () => {
    await stopGateways();
    await openfn.close();
  });

  const start = async (databaseUrl?: string) => {
    const options = { openfnWebhookUrl: openfn.url, databaseUrl };
    return (await startGateway({ ...options, pace: { poll: 20 } })).url;
  };

  const list = async (url: string) =>
    (await ask<{ data: RouteState[] }>(url, '/routes')).body.data;

  const change = (url: string, body: unknown, name = 'default') =>
    ask<RouteState & { error?: { code: string } }>(url, `/routes/${name}`, {
      method: 'PATCH',
      body: JSON.stringify(body),
    });

  const send = async (url: string, count: number) => {
    for (let i = 0; i < count; i++) await post(url, textWebhook(`text ${i}`));
  };

  it('are listed with what operators have set', async () => {
    const url = await start();
    const headers = { authorization: 'Bearer other' };

    expect((await ask(url, '/routes', { headers })).status).to.equal(401);
    expect(await list(url)).to.deep.equal([
      {
        ...{ name: 'default', configured: true, paused: false },
        ...{ hourlyBudget: null, configuredBudget: null, runsLastHour: 0 },
        ...{ waiting: 0, dead: 0, oldestWaitingSeconds: 0 },
      },
    ]);
    const { body } = await change(url, { paused: true, hourlyBudget: 100 });

    expect(body).to.include({ paused: true, hourlyBudget: 100 });
    expect(Date.parse(body.pausedAt ?? '')).to.be.a('number');
    expect(await list(url)).to.deep.equal([body]);
  });

  it('send nothing while they are paused, and everything afterwards', async () => {
    const url = await start();
    await change(url, { paused: true });

    await send(url, 3);
    await sleep(200);
    expect(openfn.received).to.have.length(0);
    await change(url, { paused: false });

    await until(() => openfn.received.length === 3, 'forwarding');
  });

  it('stay paused over a restart', async function () {
    const databaseUrl = await newPostgresUrl(this);
    const first = await start(databaseUrl);
    await change(first, { paused: true });
    await send(first, 1);
    await stopGateways();

    const second = await start(databaseUrl);
    await sleep(200);
    expect(openfn.received).to.have.length(0);
    await change(second, { paused: false });

    await until(() => openfn.received.length === 1, 'forwarding');
  });

  it('are paused and limited on every gateway of a database', async function () {
    const databaseUrl = await newPostgresUrl(this);
    const [one, two] = [await start(databaseUrl), await start(databaseUrl)];
    await change(one, { hourlyBudget: 5 });
    await sleep(200);

    await Promise.all([send(one, 6), send(two, 6)]);
    await until(() => openfn.received.length === 5, 'forwarding');
    await sleep(300);

    expect(openfn.received).to.have.length(5);
    expect((await list(two))[0]).to.include({ runsLastHour: 5 });
    await change(two, { hourlyBudget: 8, paused: true });
    await sleep(200);
    expect(openfn.received).to.have.length(5);
    await change(two, { paused: false });
    await until(() => openfn.received.length === 8, 'forwarding');
    await change(one, { hourlyBudget: null });
    await until(() => openfn.received.length === 12, 'forwarding');
  });

  it('refuse what is no pause and no budget', async () => {
    const url = await start();

    for (const body of [
      [],
      {},
      { pause: true },
      { paused: 'yes' },
      { hourlyBudget: 0 },
      { hourlyBudget: 1.5 },
      { hourlyBudget: '100' },
    ]) {
      const { status, body: answer } = await change(url, body);

      expect(status, JSON.stringify(body)).to.equal(400);
      expect(answer.error?.code).to.equal('BAD_PARAMETER');
    }
    const { status, body } = await change(url, { paused: true }, 'other');
    expect(status).to.equal(404);
    expect(body.error?.code).to.equal('UNKNOWN_ROUTE');
    expect(await list(url)).to.have.length(1);
  });
});
