import { expect } from 'chai';
import { newDataFolder } from '../support/folders';
import { ask } from '../support/gateways';
import { FakeOpenFn } from '../support/openfn';
import { message, newId, post, status, webhook } from '../support/payloads';
import { needPostgres, newPostgresServer } from '../support/postgres';
import { GatewayProcess, killGateways } from '../support/processes';
import { storedIds } from '../support/stored';
import { idsIn, newIds, sendAll } from '../support/traffic';
import { sleep, until } from '../support/waiting';

describe('when something is away', () => {
  const ends: (() => Promise<void>)[] = [];

  afterEach(async () => {
    await killGateways();
    for (const end of ends.splice(0)) await end();
  });

  describe('when OpenFn is down for a while', () => {
    it('everything arrives once, in the order it came', async () => {
      const openfn = await new FakeOpenFn().open();
      ends.push(() => openfn.close());
      await openfn.close();
      const gateway = await new GatewayProcess({
        GATEWAY_DATA: await newDataFolder(),
        OPENFN_WEBHOOK_URL: openfn.url,
        FORWARD_ORDER: 'person',
      }).ready();
      const ids = newIds(60);
      await sendAll([gateway.url], ids, 1);
      await sleep(2000);

      await openfn.open();

      await until(() => openfn.received.length >= 60, 'forwarding');
      await sleep(200);
      expect(idsIn(openfn.bodies)).to.deep.equal(ids);
    });
  });

  describe('when PostgreSQL is stopped and comes back', () => {
    it('acknowledges nothing meanwhile, loses nothing, and goes on by itself', async function () {
      needPostgres(this);
      const openfn = await new FakeOpenFn().open();
      ends.push(() => openfn.close());
      const database = await newPostgresServer();
      ends.push(() => database.stop());
      const gateway = await new GatewayProcess({
        DATABASE_URL: database.url,
        OPENFN_WEBHOOK_URL: openfn.url,
      }).ready();
      const { url } = gateway;
      const before = await sendAll([url], newIds(50));

      await database.stop();
      const meanwhile = await sendAll([url], newIds(50));
      const isRed = async () =>
        (await fetch(`${url}/healthz`)).status === 503 || undefined;
      await until(isRed, 'a red health check');
      await database.start();
      const after = newIds(50);
      // Meta sends again what was not acknowledged.
      for (let left = after; left.length > 0;) {
        const done = new Set(await sendAll([url], left));
        left = left.filter(id => !done.has(id));
      }

      expect(before).to.have.length(50);
      expect(meanwhile).to.have.length(0);
      const acknowledged = [...before, ...after];
      expect(await storedIds(url)).to.include.members(acknowledged);
      await until(() => {
        const arrived = new Set(idsIn(openfn.bodies));
        return acknowledged.every(id => arrived.has(id));
      }, 'forwarding');
      expect(await gateway.stop()).to.equal(0);
    });
  });

  describe('when events come twice and in any order', () => {
    it('has each once, and the furthest status', async () => {
      const gateway = await new GatewayProcess({
        GATEWAY_DATA: await newDataFolder(),
        FORWARD: 'none',
      }).ready();
      const { url } = gateway;
      const sent = newIds(20);
      const inbound = newId();
      const bodies = [
        ...sent.flatMap(id =>
          ['read', 'sent', 'delivered', 'sent', 'read'].map(name =>
            webhook({ statuses: [status(id, name)] }),
          ),
        ),
        ...Array.from({ length: 20 }, () =>
          webhook({ messages: [message('Hello', { id: inbound })] }),
        ),
      ].map(payload => JSON.stringify(payload));
      const shuffled = bodies.sort(() => Math.random() - 0.5);

      const answers = await Promise.all(shuffled.map(body => post(url, body)));

      expect(answers.every(({ status }) => status === 200)).to.equal(true);
      expect(await storedIds(url)).to.have.members([inbound, ...sent]);
      for (const id of sent) {
        const { body } = await ask<{ history: unknown[] }>(
          url,
          `/messages/${id}/status`,
        );
        expect(body).to.include({ status: 'read' });
        expect(body.history).to.have.length(3);
      }
    });
  });
});
