import { expect } from 'chai';
import pg from 'pg';
import { rounds } from '../../../test/stress';
import { FakeOpenFn } from '../support/openfn';
import { newPostgresUrl } from '../support/postgres';
import { GatewayProcess, killGateways } from '../support/processes';
import { idsIn, newIds, sendUntilTaken } from '../support/traffic';
import { sleep, until } from '../support/waiting';

const KILLS = 5;
const MESSAGES = 200;
/** On the way from each. */
const CONCURRENCY = 8;
const LIMIT = 15_000;

const LEASED = `SELECT count(*)::int AS count FROM whatsapp_gateway.forwards
  WHERE state = 'waiting' AND leased_until > now()`;

describe('one of two gateways that is killed while it holds leases', () => {
  let openfn: FakeOpenFn;
  let client: pg.Client;

  beforeEach(async function () {
    openfn = await new FakeOpenFn().open();
    const url = await newPostgresUrl(this);
    client = new pg.Client({ connectionString: url });
    await client.connect();
  });

  afterEach(async () => {
    await killGateways();
    await client.end();
    await openfn.close();
  });

  const leased = async () =>
    (await client.query<{ count: number }>(LEASED)).rows[0]?.count ?? 0;

  for (const { seed, random } of rounds()) {
    it(`is followed by the other within 15 s, ${KILLS} times (seed ${seed})`, async () => {
      const DATABASE_URL = `postgres://${client.user}@${client.host}:${client.port}/${client.database}`;
      const environment = {
        ...{ DATABASE_URL, OPENFN_WEBHOOK_URL: openfn.url },
        FORWARD_CONCURRENCY: `${CONCURRENCY}`,
      };
      const start = () => new GatewayProcess(environment).ready();
      const survivor = await start();
      const accept = openfn.answer;
      const times: number[] = [];
      const all: string[] = [];

      for (let kill = 0; kill < KILLS; kill++) {
        const victim = await start();
        const held: (() => void)[] = [];
        // Nothing is answered, so that both keep what they took.
        openfn.answer = (response, received) =>
          held.push(() => accept(response, received));
        const ids = newIds(MESSAGES);
        await sendUntilTaken([survivor.url, victim.url], ids);
        all.push(...ids);
        await until(() => held.length === 2 * CONCURRENCY, 'taking');
        await sleep(random() * 5_000);

        await victim.kill();
        const killedAt = performance.now();
        openfn.answer = accept;
        for (const answer of held) answer();
        await until(
          () => new Set(idsIn(openfn.bodies)).size >= all.length,
          'all',
        );
        await until(async () => (await leased()) === 0, 'noting');
        times.push(performance.now() - killedAt);
      }

      const arrived = idsIn(openfn.bodies);
      const repeated = arrived.length - all.length;
      const longest = Math.max(...times);
      console.log(
        `      ${all.length} messages, ${KILLS} kills: 0 lost, ${repeated} repeated, all forwarded ${times.map(time => (time / 1000).toFixed(1)).join(', ')} s after a kill`,
      );
      expect(new Set(arrived)).to.deep.equal(new Set(all));
      // What was on its way when its gateway was killed.
      expect(repeated).to.be.at.most(KILLS * CONCURRENCY);
      expect(longest).to.be.below(LIMIT);
    });
  }
});
