import { expect } from 'chai';
import { instrument } from '../../../scripts/journeys/instrument';

const SOURCE = `
const loaded = [1];
export const one = () => ({ value: 1 });
export const two = async (text) => { const { length } = text; return length; };
export function* three() { yield* [1, 2, 3]; }
export const four = a => b => a + b;
export class Five { #five = 5; constructor() { this.#five++; } get value() { return this.#five; } }
`;

describe('instrument', () => {
  const ran: string[] = [];
  const watched = globalThis as { __ran?: unknown };

  before(() => (watched.__ran = (file: string) => ran.push(file)));
  beforeEach(() => ran.splice(0));
  after(() => delete watched.__ran);

  const load = (): Promise<Record<string, (...args: unknown[]) => unknown>> =>
    import(
      `data:text/javascript,${encodeURIComponent(`${instrument(SOURCE, 'a.ts')}// ${Math.random()}`)}`
    );

  it('says nothing while a module is loaded', async () => {
    await load();

    expect(ran).to.deep.equal([]);
  });

  it('says which file a function is of when it runs, and changes no result', async () => {
    const { one, two, three, four, Five } = await load();

    expect(one?.()).to.deep.equal({ value: 1 });
    expect(await two?.('abc')).to.equal(3);
    expect([...(three?.() as Iterable<number>)]).to.deep.equal([1, 2, 3]);
    expect((four?.(1) as (b: number) => number)(2)).to.equal(3);
    expect(ran).to.deep.equal(Array(5).fill('a.ts'));
    const Class = Five as unknown as new () => { value: number };
    expect(new Class().value).to.equal(6);
    expect(ran).to.have.length(7);
  });
});
