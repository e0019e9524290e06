import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { operation } from '../../src/core/operation';
import { rejects } from '../rejects';

describe('operation', () => {
  it('resolves functions of state at any depth', async () => {
    const args = [(state: { data: unknown }) => state.data, { a: [() => 1] }];

    const run = operation(args, (_, ...values) => ({ data: values }), []);
    const next = await run({ data: 'x' });

    expect(next.data).to.deep.equal(['x', { a: [1] }]);
  });

  it('resolves functions and lists that another realm made', async () => {
    const args = runInNewContext('[state => [state.data.phone]]') as unknown[];

    const next = await operation(args, (_, value) => ({ data: value }))({
      data: { phone: '1' },
    });

    expect(next.data).to.deep.equal(['1']);
  });

  for (const argument of [
    '(async () => ({ dryRun: true }))',
    "Promise.reject(Error('x'))",
    'new Map([[1, 2]])',
    '(() => new Set([1]))',
  ]) {
    it(`refuses what would be handed over empty: ${argument}`, async () => {
      const run = operation([runInNewContext(argument)], () => ({ data: 1 }));

      await rejects(run({ data: 1 }), { code: 'INVALID_ARGUMENT', sent: 'no' });
    });
  }

  it('keeps the other keys of state, and appends the old data to references', async () => {
    const state = { configuration: {}, data: 'old', index: 3, references: [1] };

    const next = await operation([], () => ({ data: 'new', response: 'r' }))(
      state,
    );

    expect(next).to.deep.equal({
      ...state,
      data: 'new',
      response: 'r',
      references: [1, 'old'],
    });
  });

  it('does not fail after the work because references are no list', async () => {
    for (const references of [undefined, null, {}, 'text']) {
      const state = { data: 'old', references } as never;

      const next = await operation([], () => ({ data: 'new' }))(state);

      expect(next.references).to.deep.equal(['old']);
    }
  });

  it('gives the next operation a changed copy of the credential', async () => {
    const configuration = Object.freeze({ apiToken: 'old', other: 1 });
    const state = Object.freeze({ configuration, data: 1 });

    const next = await operation([], () => ({
      data: 2,
      configuration: { apiToken: 'new' },
    }))(state);

    expect(next).to.deep.include({
      configuration: { apiToken: 'new', other: 1 },
      data: 2,
    });
  });

  it('never changes the state that it was given', async () => {
    const state = Object.freeze({ data: Object.freeze({ a: 1 }) });

    await operation([], () => ({ data: 'new' }))(state);

    expect(state).to.deep.equal({ data: { a: 1 } });
  });

  it('refuses what is no state', async () => {
    for (const state of [undefined, null, 7, 'text', [], new Map()]) {
      await rejects(operation([], () => ({ data: 1 }))(state as never), {
        code: 'INVALID_STATE',
        sent: 'no',
      });
    }
  });

  it('refuses a state that cannot be read before it does its work', async () => {
    const state = {
      data: 1,
      get response() {
        throw new TypeError('a');
      },
    };

    await rejects(operation([], () => expect.fail('worked'))(state), {
      code: 'INVALID_STATE',
    });
  });

  it('refuses a credential that cannot be read', async () => {
    for (const configuration of [
      { apiToken: Symbol('a') },
      { apiToken: ['a'] },
      { apiToken: 7n },
      {
        get wabaId() {
          throw new TypeError('a');
        },
      },
    ]) {
      await rejects(
        operation([], () => ({ data: 1 }))({ configuration, data: 1 }),
        { code: 'CONFIGURATION_INVALID' },
      );
    }
  });

  it('takes a state without a prototype', async () => {
    const state = Object.assign(Object.create(null), { data: 1 }) as never;

    const next = await operation([], () => ({ data: 2 }))(state);

    expect(next).to.deep.equal({ data: 2, references: [1] });
  });

  it('checks nothing before it runs', () => {
    expect(operation([() => expect.fail('ran')], () => ({ data: 1 }))).to.be.a(
      'function',
    );
  });
});
