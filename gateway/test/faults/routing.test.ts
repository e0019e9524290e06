import { expect } from 'chai';
import type { GatewayOptions } from '../../src/index';
import type { RouteState } from '../../src/routes/route-controls';
import { ask, startGateway, stopGateways } from '../support/gateways';
import { FakeOpenFn } from '../support/openfn';
import { message, post, webhook } from '../support/payloads';
import { newPostgresUrl } from '../support/postgres';
import { routesFile } from '../support/routes';
import { until } from '../support/waiting';

const COUNT = 30;
const NAMES = ['up', 'failing', 'hanging'] as const;

const DEFAULT_TIMING = {
  ...{ firstDelay: 50, longestDelay: 500, longestPause: 200, poll: 50 },
};

type Open = (test: Mocha.Context) => Promise<Partial<GatewayOptions>>;

const STORES: [string, Open][] = [
  ['the embedded store', () => Promise.resolve({})],
  ['PostgreSQL', async test => ({ databaseUrl: await newPostgresUrl(test) })],
];

for (const [store, open] of STORES) {
  describe(`routes to three destinations, with ${store}`, function () {
    this.timeout(120_000);

    const servers = new Map<string, FakeOpenFn>();
    const server = (name: string) => servers.get(name) as FakeOpenFn;

    beforeEach(async () => {
      for (const name of NAMES) {
        servers.set(name, await new FakeOpenFn().open());
      }
    });

    afterEach(async () => {
      for (const one of servers.values()) one.accept();
      await stopGateways();
      for (const one of servers.values()) await one.close();
    });

    const words = (name: string) =>
      server(name).bodies.map(
        body => (/"body":"([^"]*)"/.exec(JSON.stringify(body)) ?? [])[1],
      );

    const expected = (name: string) =>
      Array.from({ length: COUNT }, (_, i) => `${name} ${i}`).sort();

    it('hold up only themselves when they are down', async function () {
      server('failing').refuse(500);
      // It takes the request, and never answers.
      server('hanging').answer = () => undefined;
      const routes = NAMES.map(name => ({
        ...{ name, url: server(name).url, match: { keywords: [name] } },
        ...(name === 'hanging' && { timeout: '1s' }),
      }));
      const { url } = await startGateway({
        ...(await open(this)),
        ...{
          routes: routesFile(routes, { order: 'person' }),
          pace: DEFAULT_TIMING,
        },
      });
      const states = async () =>
        (await ask<{ data: RouteState[] }>(url, '/routes')).body.data;
      const waiting = async () =>
        (await states()).map(({ waiting }) => waiting);

      for (let i = 0; i < COUNT; i++) {
        const messages = NAMES.map((name, j) =>
          message(`${name} ${i}`, { from: `25470000000${j}` }),
        );
        await post(url, JSON.stringify(webhook({ messages })));
      }
      await until(() => words('up').length === COUNT, 'forwarding');

      expect(words('up').sort()).to.deep.equal(expected('up'));
      await until(async () => {
        const [up, failing, hanging] = await waiting();
        return up === 0 && failing === COUNT && hanging === COUNT;
      }, 'noting');
      const { failing: before } = {
        failing: server('failing').received.length,
      };
      server('failing').accept();
      await until(async () => (await waiting())[1] === 0, 'the second one');
      expect(words('failing').slice(before)).to.include.members(
        expected('failing'),
      );
      expect((await waiting())[2]).to.equal(COUNT);
      server('hanging').accept();
      await until(async () => (await waiting())[2] === 0, 'the third one');
      expect(words('hanging')).to.include.members(expected('hanging'));
      expect(words('up')).to.have.length(COUNT);
    });

    it('give an event to several, each with its own key, headers and body', async function () {
      process.env['TEST_ROUTE_KEY'] = 'key-of-failing';
      const routes = [
        {
          ...{ name: 'archive', url: server('up').url, continue: true },
          ...{ match: { kinds: 'all' }, headers: { 'X-Project': 'lake' } },
        },
        {
          ...{ name: 'reports', url: server('failing').url, each: true },
          ...{ match: { keywords: ['report'] } },
          apiKeyVariable: 'TEST_ROUTE_KEY',
        },
        { name: 'rest', url: server('hanging').url },
      ];
      const { url } = await startGateway({
        ...(await open(this)),
        ...{ routes: routesFile(routes), pace: DEFAULT_TIMING },
      });
      const texts = ['Report 1', 'Hello', 'report 2'];
      const payload = JSON.stringify(
        webhook({ messages: texts.map(text => message(text)) }),
      );

      await post(url, payload);
      await until(
        () =>
          server('up').received.length === 1 &&
          server('failing').received.length === 2 &&
          server('hanging').received.length === 1,
        'forwarding',
      );

      const [archived] = server('up').received;
      expect(archived?.body).to.equal(payload);
      expect(archived?.headers).to.include({ 'x-project': 'lake' });
      expect(archived?.headers).not.to.have.property('x-api-key');
      expect(words('failing')).to.have.members(['Report 1', 'report 2']);
      const { headers } = server('failing').received[0] ?? {};
      expect(headers).to.include({ 'x-api-key': 'key-of-failing' });
      expect(headers).not.to.have.property('x-project');
      expect(words('hanging')).to.deep.equal(['Hello']);
    });
  });
}

describe('a budget of the file', function () {
  this.timeout(60_000);

  afterEach(stopGateways);

  it('holds until an operator sets another one', async () => {
    const openfn = await new FakeOpenFn().open();
    const routes = routesFile([
      { name: 'default', url: openfn.url, hourlyBudget: 2 },
    ]);
    const { url } = await startGateway({
      ...{ routes, pace: DEFAULT_TIMING },
    });
    for (const text of ['a', 'b', 'c', 'd']) {
      await post(url, JSON.stringify(webhook({ messages: [message(text)] })));
    }
    await until(() => openfn.received.length === 2, 'forwarding');

    const { body } = await ask<RouteState>(url, '/routes/default', {
      method: 'PATCH',
      body: JSON.stringify({ hourlyBudget: 3 }),
    });

    expect(body).to.include({ configuredBudget: 2, hourlyBudget: 3 });
    await until(() => openfn.received.length === 3, 'forwarding');
    await stopGateways();
    await openfn.close();
  });
});
