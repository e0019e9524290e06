import { expect } from 'chai';
import { rounds } from '../stress';
import { storm } from './storm';

const COUNT = 300;

describe('a broadcast of odd items to a server with faults', () => {
  it('accounts for each item once, and truly', async () => {
    const [round] = rounds();

    const { faults, ...counts } = await storm(COUNT, round!.random);

    const { sent, failed, unknown, skipped, remaining } = counts;
    expect(faults).to.deep.equal([]);
    expect(counts).to.include({ items: COUNT, twice: 0, unhandled: 0 });
    expect(sent + failed + unknown + skipped + remaining).to.equal(COUNT);
    expect(Math.min(sent, failed, unknown, skipped)).to.be.above(0);
  });
});
