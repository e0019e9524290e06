import { expect } from 'chai';
import { runInNewContext } from 'node:vm';
import {
  broadcast,
  combine,
  fn,
  sendMedia,
  sendMessage,
} from '../../src/index';
import type { BroadcastResult, Operation, State } from '../../src/index';
import { collectLogs } from '../quiet';
import { onSimulator } from '../stories/on-simulator';

const revoked = () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
const bad = (): never => {
  throw new Error('cannot be read');
};
const trapped = () =>
  new Proxy({}, { get: bad, ownKeys: bad, getPrototypeOf: bad, has: bad });
const circle = () => {
  const value: Record<string, unknown> = { phone: 'nobody' };
  value['self'] = [value];
  return value;
};
const withGetter = () =>
  Object.defineProperty({}, 'phone', { get: bad, enumerable: true });
const frozenWithoutPrototype = () =>
  Object.freeze(Object.assign(Object.create(null), { size: 7n }));

const deep = () => {
  let value: unknown = 1;
  for (let level = 0; level < 20_000; level++) value = { a: [value] };
  return value;
};
/** Each of 40 people knows all others: the ways from one to another cannot be counted. */
const entangled = () => {
  const people: { friends?: unknown }[] = Array.from(
    { length: 40 },
    () => ({}),
  );
  for (const person of people) person.friends = people;
  return people[0];
};

const ODD: [string, () => unknown][] = [
  ['a symbol', () => Symbol('patient')],
  ['a getter that throws', withGetter],
  ['a circle', circle],
  ['a frozen object without a prototype', frozenWithoutPrototype],
  ['great depth', deep],
  ['circles that meet', entangled],
  ['a Promise that fails', () => Promise.reject(new Error('a'))],
  ['a BigInt', () => 7n],
  ['an object with a BigInt', () => ({ id: 7n, inner: { count: 1n } })],
  ['a revoked proxy', revoked],
  ['a proxy that throws', trapped],
  ['a proxy of another realm', () => runInNewContext('new Proxy({}, {})')],
  ['null', () => null],
  ['undefined', () => undefined],
  ['text', () => 'nobody'],
  ['a function', () => () => 'nobody'],
  ['a number', () => NaN],
];

const COUNT = 6;
const good = Array.from({ length: COUNT }, (_, index) => ({
  id: `P-${index}`,
  phone: `+1 202 555 ${1000 + index}`,
}));
const phone = ({ data }: State) => (data as { phone: string }).phone;
const id = ({ data }: State) => (data as { id: string }).id;
const remind = sendMessage(phone, 'Come tomorrow.');
const content = Buffer.from('%PDF-1.4\n%%EOF\n').toString('base64');
const media = { content, filename: 'a.pdf' };

describe('an odd item of a broadcast', () => {
  const world = onSimulator();

  const run = async (
    items: unknown[],
    operation: Operation,
    options: object = {},
  ) => {
    const { result } = await collectLogs(() =>
      broadcast(items, operation, { rate: 1000, ...options })(world.state()),
    );
    return result.data as BroadcastResult;
  };
  const among = (odd: unknown) => [...good.slice(0, 3), odd, ...good.slice(3)];

  for (const [name, make] of ODD) {
    describe(name, () => {
      for (const [way, options] of [
        ['without a key', {}],
        ['with a key', { key: id }],
        ['with a function of the item as key', { key: (it: any) => it.id }],
        ['in a dry run', { dryRun: true }],
      ] as const) {
        it(`is one failed row, ${way}`, async () => {
          const { sent, failed, remaining, summary } = await run(
            among(make()),
            remind,
            options,
          );

          expect(sent.length + remaining.length).to.equal(COUNT);
          expect(failed).to.have.length(1);
          expect(failed[0]!.key).to.match(/^[0-9a-f]{32}$/);
          expect(failed[0]!.error).to.include.all.keys('code', 'fix');
          expect(summary).to.include({ items: COUNT + 1, failed: 1 });
          expect(() => JSON.stringify(failed)).not.to.throw();
        });
      }

      it('is sent when its operation does not need it', async () => {
        const { sent } = await run(
          among(make()),
          sendMedia('+1 202 555 7777', 'document', media as never),
          { perRecipient: 0 },
        );

        // Each is known by its item, as what is uploaded has another ID each time.
        expect(sent).to.have.length(COUNT + 1);
      });

      it('is one failed row when its operation throws it', async () => {
        const operation = combine(
          fn((state: State) => {
            if (!(state.data as { id?: string }).id) throw make();
            return state;
          }),
          remind,
        ) as Operation;

        const { sent, failed } = await run(among({}), operation);

        expect(sent).to.have.length(COUNT);
        expect(failed).to.have.length(1);
        expect(failed[0]!.error.fix).to.be.a('string');
      });

      it('is one row when its operation returns it', async () => {
        const operation: Operation = async state => {
          await remind(state);
          const { id } = state.data as { id: string };
          return id === 'P-0' ? (make() as State) : state;
        };

        const { sent } = await run(good, operation);

        expect(sent).to.have.length(COUNT);
      });

      it('remains as it came when nothing is sent', async () => {
        const odd = make();

        const { remaining } = await run(among(odd), remind, { deadline: 0 });

        expect(remaining).to.have.length(COUNT + 1);
        expect(remaining.includes(odd)).to.equal(true);
      });
    });
  }

  it('each have a key of their own', async () => {
    const { failed } = await run(
      ODD.map(([, make]) => make()),
      remind,
    );

    expect(failed).to.have.length(ODD.length);
    expect(new Set(failed.map(({ key }) => key)).size).to.be.at.least(
      ODD.length - 4,
    );
  });

  it('is copied with its circles and getters, so that a job may change it', async () => {
    const item = Object.assign(circle(), {
      phone: good[0]!.phone,
      visits: [1],
    });
    Object.defineProperty(item, 'broken', { get: bad, enumerable: true });
    const change = combine(
      fn((state: State) => {
        const data = state.data as typeof item;
        data.visits.push(2);
        expect((data['self'] as unknown[])[0]).to.equal(data);
        return state;
      }),
      remind,
    ) as Operation;

    const { sent } = await run([item], change);

    expect(sent).to.have.length(1);
    expect(item.visits).to.deep.equal([1]);
  });
});
