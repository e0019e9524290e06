import { expect } from 'chai';
import { callLeniently } from '../../src/broadcast/lenient-options';
import type { State } from '../../src/types';

const read = (
  call: (data: any, state: State) => unknown,
  data: unknown,
  more = {},
) => callLeniently(state => call(state.data, state), { data, ...more });

describe('callLeniently', () => {
  it('calls a function of state', () => {
    expect(read(data => data.id, { id: 7 })).to.equal(7);
  });

  it('reads through what is missing, for the half that is asked for', () => {
    const list = ['a'];
    const call = (data: any) => ({
      key: data.visit.date.id,
      rate: data.rate,
      skip: data.done,
      both: [data.nothing.at.all, data.rate],
    });

    const given = read(call, { rate: 5, done: list }) as { skip: unknown };

    expect(given).to.deep.equal({
      key: undefined,
      rate: 5,
      skip: ['a'],
      both: [undefined, 5],
    });
    expect(given.skip).to.equal(list);
  });

  it('lets methods be called, of what is there and of what is not', () => {
    const call = (data: any) => [
      data.name.toUpperCase(),
      data.list.map((each: { id: number }) => each.id),
      data.no.such.thing.map((each: unknown) => each),
      data.none.of.it,
    ];

    expect(
      read(call, { name: 'a', list: [{ id: 1 }, { id: 2 }] }),
    ).to.deep.equal(['A', [1, 2], undefined, undefined]);
  });

  it('takes a text with something missing in it for missing', () => {
    const call = (data: any) => `${data.id}-${data.visit.date}`;

    expect(read(call, { id: 7 })).to.equal(undefined);
    expect(read(call, { id: 7, visit: { date: 8 } })).to.equal('7-8');
  });

  it('leaves the rest as it is, for whatever compares it', () => {
    const call = (data: any) => ({
      key: data.visit.id,
      is: data.mode === 'test',
      not: !data.live,
      other: data.rate ?? 20,
      type: typeof data.count,
    });

    expect(read(call, { mode: 'test', live: false, count: 1 })).to.deep.equal({
      key: undefined,
      is: true,
      not: true,
      other: 20,
      type: 'number',
    });
  });

  it('reads through what is a text or a number there', () => {
    const call = (data: any) => [data.visit.date.id, data.visit];

    expect(read(call, { visit: 'today' })).to.deep.equal([undefined, 'today']);
  });

  it('takes data that is text, frozen or missing', () => {
    const call = (data: any) => ({ key: data, rate: data.settings.rate });
    const frozen = Object.freeze({ a: Object.freeze({ b: 1 }) });

    expect(read(call, 'text')).to.deep.equal({ key: 'text', rate: undefined });
    expect(read(data => [data.a.b, data.c.d], frozen)).to.deep.equal([
      1,
      undefined,
    ]);
    expect(read(data => data.a.b, undefined)).to.equal(undefined);
  });

  it('throws what is wrong beside the data', () => {
    const call = (_: unknown, state: any) => state.settings.rate;

    expect(() => read(call, {})).to.throw(TypeError);
  });
});
