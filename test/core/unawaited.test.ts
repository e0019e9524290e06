import { expect } from 'chai';
import { runInNewContext } from 'node:vm';
import { refuse } from '../../src/core/errors';
import { operation } from '../../src/core/operation';
import { each, fn } from '../../src/index';
import type { Operation, State } from '../../src/index';
import { collectLogs } from '../quiet';

const tick = () => new Promise(resolve => setImmediate(resolve));
const settle = async () => {
  for (let count = 0; count < 5; count++) await tick();
};
const works = operation([], () => ({ data: 'done' }));
const later = operation([], async () => {
  await tick();
  await tick();
  return { data: 'done' };
});
const fails = operation([], () =>
  refuse('NO_SUCH_THING', 'A secret about +15550100123.', 'Do it.'),
);
const throwsText = operation([], () => {
  throw '+15550100123';
});

describe('an operation that is not awaited', () => {
  const linesOf = async (run: () => unknown) => {
    const { lines } = await collectLogs(async () => {
      await run();
      await settle();
    });
    return lines;
  };
  const START =
    'started without await: the job will not learn the result. Return each operation, or await it.';

  it('is told of in the log, with what came of it', async () => {
    const lines = await linesOf(() => void later({ data: 1 }));

    expect(lines).to.deep.equal([
      `1 operation was ${START}`,
      '1 operation was not awaited: 1 done',
    ]);
  });

  it('does not end the process when it fails, and shows the code alone', async () => {
    const lines = await linesOf(() => {
      void fails({ data: 1 });
      void throwsText({ data: 1 });
      void works({ data: 1 });
    });

    expect(lines).to.deep.equal([
      `3 operations were ${START}`,
      '3 operations were not awaited: 1 done, 2 failed (NO_SUCH_THING,OPERATION_FAILED)',
    ]);
  });

  it('is counted in each', async () => {
    const careless = fn((state: State) => {
      void later(state);
      return state;
    }) as Operation;

    const lines = await linesOf(() =>
      (each as (...args: unknown[]) => Operation)(
        [1, 2, 3],
        careless,
      )({
        data: {},
      }),
    );

    expect(lines).to.deep.equal([
      `3 operations were ${START}`,
      '3 operations were not awaited: 3 done',
    ]);
  });

  it('is told of when it failed before somebody waited, and then to them alone', async () => {
    const caught: unknown[] = [];

    const lines = await linesOf(async () => {
      const promise = fails({ data: 1 });
      await tick();
      await promise.catch((error: unknown) => caught.push(error));
    });

    expect(caught).to.have.length(1);
    expect(lines).to.have.length.below(3);
  });
});

describe('an operation that is awaited', () => {
  const WAYS: [string, (operation: Operation) => Promise<unknown>][] = [
    ['await', async run => await run({ data: 1 })],
    ['return', async run => run({ data: 1 })],
    ['then', run => run({ data: 1 }).then(state => state)],
    ['catch', run => run({ data: 1 }).catch(() => undefined)],
    ['finally', run => run({ data: 1 }).finally(() => undefined)],
    ['Promise.all', run => Promise.all([run({ data: 1 })])],
    ['Promise.allSettled', run => Promise.allSettled([run({ data: 1 })])],
    ['Promise.race', run => Promise.race([run({ data: 1 })])],
    ['Promise.resolve', run => Promise.resolve(run({ data: 1 }))],
    [
      'return, in another realm',
      runInNewContext('async run => run({ data: 1 })') as never,
    ],
    [
      'await, in another realm',
      runInNewContext('async run => await run({ data: 1 })') as never,
    ],
    [
      'Promise.all, in another realm',
      runInNewContext('run => Promise.all([run({ data: 1 })])') as never,
    ],
  ];

  for (const [name, wait] of WAYS) {
    it(`is not told of: ${name}`, async () => {
      const { lines } = await collectLogs(async () => {
        await wait(later);
        await Promise.resolve(wait(fails)).catch(() => undefined);
        await settle();
      });

      expect(lines).to.deep.equal([]);
    });
  }

  it('is a promise that brings its state', async () => {
    const promise = later({ data: 1 });

    expect(promise).to.be.instanceOf(Promise);
    expect(promise.then(state => state).constructor).to.equal(Promise);
    expect((await promise).data).to.equal('done');
  });
});
