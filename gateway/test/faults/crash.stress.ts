import { expect } from 'chai';
import { rounds } from '../../../test/stress';
import { newDataFolder } from '../support/folders';
import { FakeOpenFn } from '../support/openfn';
import { newPostgresUrl } from '../support/postgres';
import { GatewayProcess, killGateways } from '../support/processes';
import { storedIds } from '../support/stored';
import { idsIn, newIds, sendAll } from '../support/traffic';
import { until } from '../support/waiting';

type Store = (test: Mocha.Context) => Promise<Record<string, string>>;

const STORES: Record<string, Store> = {
  'the embedded store': async () => ({ GATEWAY_DATA: await newDataFolder() }),
  PostgreSQL: async test => ({ DATABASE_URL: await newPostgresUrl(test) }),
};

describe('a gateway that is killed while events arrive', () => {
  let openfn: FakeOpenFn;

  beforeEach(async () => {
    openfn = await new FakeOpenFn().open();
  });

  afterEach(async () => {
    await killGateways();
    await openfn.close();
  });

  const cases = Object.entries(STORES).flatMap(([name, store]) =>
    rounds().map(round => ({ ...round, name, store })),
  );
  for (const { seed, random, name, store } of cases) {
    it(`has every acknowledged event once, and forwards it, with ${name} (seed ${seed})`, async function () {
      const kill = 50 + Math.floor(random() * 300);
      const environment = {
        ...(await store(this)),
        OPENFN_WEBHOOK_URL: openfn.url,
      };
      const first = await new GatewayProcess(environment).ready();
      const ids = newIds(500);

      const acknowledged = await sendAll([first.url], ids, 20, count => {
        if (count === kill) void first.kill();
      });
      const second = await new GatewayProcess(environment).ready();

      expect(acknowledged.length).to.be.within(kill, 499);
      const stored = await storedIds(second.url);
      expect(new Set(stored).size).to.equal(stored.length);
      expect(stored).to.include.members(acknowledged);
      await until(() => {
        const arrived = new Set(idsIn(openfn.bodies));
        return acknowledged.every(id => arrived.has(id));
      }, 'forwarding');
      // Twice only what was on its way, and not yet noted, when the power went.
      const doubles = openfn.received.length - stored.length;
      expect(doubles).to.be.at.most(100);
    });
  }

  it('takes what Meta sends again, and has it once', async () => {
    const environment = {
      GATEWAY_DATA: await newDataFolder(),
      OPENFN_WEBHOOK_URL: openfn.url,
    };
    const first = await new GatewayProcess(environment).ready();
    const ids = newIds(100);
    await sendAll([first.url], ids, 20, count => {
      if (count === 50) void first.kill();
    });
    const second = await new GatewayProcess(environment).ready();

    const again = await sendAll([second.url], ids);

    expect(again).to.have.members(ids);
    expect(await storedIds(second.url)).to.have.members(ids);
  });
});
