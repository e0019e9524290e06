import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { resolve } from '../../../src/core/arguments';
import { throws } from '../../rejects';

const state = {
  configuration: { apiToken: 'SECRET' },
  data: { name: 'Amina' },
};
const valueOf = (arg: unknown) => resolve(state, [arg])[0];

describe('resolve', () => {
  it('replaces functions of state at any depth, also in what a function gives', () => {
    const arg = {
      a: [(state: any) => state.data.name],
      b: () => () => ({ c: (state: any) => state.data }),
    };

    expect(valueOf(arg)).to.deep.equal({
      a: ['Amina'],
      b: { c: { name: 'Amina' } },
    });
  });

  it('leaves text that looks like a path as it is', () => {
    const paths = ['$.data.name', '$..apiToken', '$.configuration'];

    for (const arg of [paths, { a: paths[1] }, () => paths, () => paths[2]]) {
      const given = JSON.stringify(typeof arg === 'function' ? arg() : arg);

      expect(JSON.stringify(valueOf(arg))).to.equal(given);
    }
  });

  it('copies lists and plain objects, and never gives one of the job', () => {
    const arg = { a: [{ b: 1 }] };

    const copy = valueOf(arg) as typeof arg;

    expect(copy).to.deep.equal(arg);
    expect(copy).not.to.equal(arg);
    expect(copy.a[0]).not.to.equal(arg.a[0]);
  });

  it('keeps a Date, a Buffer, a stream and the like', () => {
    const kept = [
      new Date(0),
      Buffer.from('a'),
      /a/,
      new URL('https://a.example'),
      new Blob(['a']).stream(),
      runInNewContext('new Date(0)'),
    ];
    for (const arg of kept) expect(valueOf([arg])).to.deep.equal([arg]);
  });

  it('takes bytes of other kinds for a Buffer, whatever their realm', () => {
    for (const code of [
      'Uint8Array.of(1, 2)',
      'Uint8Array.of(0, 1, 2).subarray(1)',
      'Uint8Array.of(1, 2).buffer',
    ]) {
      expect(valueOf(runInNewContext(code))).to.deep.equal(Buffer.of(1, 2));
    }
  });

  it('fills the holes of a list, and drops a missing prototype', () => {
    const bare = Object.assign(Object.create(null) as object, { a: 1 });

    expect(valueOf([1, , 2])).to.deep.equal([1, undefined, 2]);
    expect(String(valueOf(bare))).to.equal('[object Object]');
  });

  it('keeps a field named __proto__ as a field', () => {
    const copy = valueOf(JSON.parse('{ "__proto__": { "a": 1 } }')) as object;

    expect(Object.keys(copy)).to.deep.equal(['__proto__']);
    expect((copy as { a?: unknown }).a).to.equal(undefined);
  });

  it('takes a value that is there more than once for what it is', () => {
    const shared = { a: 1 };

    expect(valueOf([shared, shared, [shared]])).to.deep.equal([
      { a: 1 },
      { a: 1 },
      [{ a: 1 }],
    ]);
  });

  it('takes large lists and objects', () => {
    const names = Array.from({ length: 50_000 }, (_, index) => `k${index}`);
    const large = Object.fromEntries(names.map(name => [name, name]));

    expect(Object.keys(valueOf(large) as object)).to.deep.equal(names);
    expect(valueOf(names)).to.deep.equal(names);
  });

  it('refuses a Map or a Set in the place of an argument', () => {
    for (const arg of [new Map(), new Set(), () => new Set()]) {
      throws(() => valueOf(arg), { code: 'INVALID_ARGUMENT' });
    }
  });

  const circle: unknown[] = [];
  circle.push({ a: circle });
  let deep: unknown = 1;
  for (let level = 0; level < 10_000; level++) deep = [deep];
  const endless: unknown = () => endless;
  const refused: Record<string, unknown> = {
    'a circle': circle,
    'a depth without end': deep,
    'a function that gives itself': endless,
    'a symbol': Symbol('a'),
    'a getter that fails': {
      get a() {
        throw new TypeError('a');
      },
    },
    'a proxy that fails': new Proxy(
      {},
      {
        ownKeys: () => {
          throw new TypeError('a');
        },
      },
    ),
    'a proxy without a target': (() => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      return proxy;
    })(),
    'a list of four billion holes': Array.from({ length: 0 }).concat(
      Object.assign([], { length: 2 ** 32 - 1 }),
    ),
  };
  for (const [name, arg] of Object.entries(refused)) {
    it(`refuses ${name}`, () => {
      throws(() => valueOf([arg]), { code: 'INVALID_ARGUMENT', sent: 'no' });
    });
  }

  it('refuses a Promise in an object, whose failure then hurts nobody', () => {
    throws(() => valueOf({ a: Promise.reject(new Error('lost')) }), {
      code: 'INVALID_ARGUMENT',
    });
  });

  it("lets the error of the job's own function be what it is", () => {
    const own = new Error('mine');

    expect(() =>
      valueOf([
        () => {
          throw own;
        },
      ]),
    ).to.throw(own);
  });
});
