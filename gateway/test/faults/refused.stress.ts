import { expect } from 'chai';
import { rounds } from '../../../test/stress';
import { newDataFolder } from '../support/folders';
import { newPostgresUrl } from '../support/postgres';
import { killGateways } from '../support/processes';
import { REFUSALS, forwardAll } from '../support/refusals';

type Store = (test: Mocha.Context) => Promise<Record<string, string>>;

const STORES: Record<string, Store> = {
  'the embedded store': async () => ({ GATEWAY_DATA: await newDataFolder() }),
  PostgreSQL: async test => ({ DATABASE_URL: await newPostgresUrl(test) }),
};

const GOOD = 1995;
const BAD = 5;
const LIMIT = 1.2;

describe('5 of 2,000 messages that the destination always refuses', () => {
  afterEach(killGateways);

  const cases = Object.entries(STORES).flatMap(([name, store]) =>
    rounds().map(round => ({ ...round, name, store })),
  );
  for (const { seed, random, name, store } of cases) {
    it(`hold up none of the others, with ${name} (seed ${seed})`, async function () {
      const plan = { good: GOOD, random, latency: 5 };
      const kinds = Object.keys(REFUSALS);
      const chosen = Array.from(
        { length: BAD },
        () => kinds[Math.floor(random() * kinds.length)] ?? '',
      );
      const refusals = chosen.map(kind => REFUSALS[kind] ?? fail);

      // At the same time, so that a busy machine slows down both.
      const [alone = 0, among = 0] = await Promise.all([
        forwardAll(await store(this), { ...plan, refusals: [] }),
        forwardAll(await store(this), { ...plan, refusals }),
      ]);

      const ratio = among / alone;
      console.log(
        `      ${GOOD} alone in ${seconds(alone)} s, among ${BAD} that are refused (${chosen.join(', ')}) in ${seconds(among)} s: ${ratio.toFixed(2)} times`,
      );
      expect(ratio).to.be.below(LIMIT);
    });
  }
});

const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(1);

const fail = () => expect.fail('a refusal is missing');
