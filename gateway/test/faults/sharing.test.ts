import { expect } from 'chai';
import { newDataFolder } from '../support/folders';
import { FakeOpenFn } from '../support/openfn';
import { newPostgresUrl } from '../support/postgres';
import { GatewayProcess, killGateways } from '../support/processes';
import { storedIds } from '../support/stored';
import { idsIn, newIds, sendAll } from '../support/traffic';
import { sleep, until } from '../support/waiting';

describe('gateways and processes', () => {
  const ends: (() => Promise<void>)[] = [];

  afterEach(async () => {
    await killGateways();
    for (const end of ends.splice(0)) await end();
  });

  describe('two gateways on one PostgreSQL', () => {
    it('share the work without a double forward, and one goes on alone', async function () {
      const DATABASE_URL = await newPostgresUrl(this);
      const openfn = await new FakeOpenFn().open();
      ends.push(() => openfn.close());
      const environment = { DATABASE_URL, OPENFN_WEBHOOK_URL: openfn.url };
      const [one, two] = await Promise.all([
        new GatewayProcess(environment).ready(),
        new GatewayProcess(environment).ready(),
      ]);
      const ids = newIds(400);

      // Each event comes to both, as when Meta is not sure that it arrived.
      await Promise.all([
        sendAll([one.url, two.url], ids),
        sendAll([two.url, one.url], ids),
      ]);

      expect(await storedIds(one.url)).to.have.members(ids);
      await until(() => openfn.received.length >= ids.length, 'forwarding');
      await sleep(500);
      expect(idsIn(openfn.bodies).sort()).to.deep.equal([...ids].sort());

      expect(await one.stop()).to.equal(0);
      const more = await sendAll([two.url], newIds(20));
      await until(() => openfn.received.length === 420, 'forwarding');
      expect(more).to.have.length(20);
    });
  });

  describe('two gateways on one folder', () => {
    it('are refused, with words that help', async () => {
      const environment = {
        GATEWAY_DATA: await newDataFolder(),
        FORWARD: 'none',
      };
      const first = await new GatewayProcess(environment).ready();

      const second = new GatewayProcess(environment);

      expect(await second.exited).to.equal(1);
      expect(second.errors).to.include('Another gateway has the folder');
      expect(second.errors).to.not.match(/\n +at /);
      expect(await first.stop()).to.equal(0);
    });
  });

  describe('a gateway that is told to stop', () => {
    it('finishes what it began: nothing acknowledged is lost, nothing is forwarded twice', async () => {
      const openfn = await new FakeOpenFn().open();
      ends.push(() => openfn.close());
      const environment = {
        GATEWAY_DATA: await newDataFolder(),
        OPENFN_WEBHOOK_URL: openfn.url,
      };
      const first = await new GatewayProcess(environment).ready();
      let stopped: Promise<number | null> | undefined;

      const acknowledged = await sendAll(
        [first.url],
        newIds(300),
        20,
        count => {
          if (count === 100) stopped = first.stop();
        },
      );
      const code = await stopped;
      const second = await new GatewayProcess(environment).ready();

      expect(code).to.equal(0);
      expect(await storedIds(second.url)).to.have.members(acknowledged);
      await until(
        () => openfn.received.length >= acknowledged.length,
        'forwarding',
      );
      await sleep(300);
      expect(idsIn(openfn.bodies).sort()).to.deep.equal(
        [...acknowledged].sort(),
      );
    });
  });
});
