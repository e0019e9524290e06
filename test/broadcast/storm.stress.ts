import { expect } from 'chai';
import { rounds } from '../stress';
import { storm } from './storm';

const COUNT = 5000;

for (const { seed, random } of rounds()) {
  it(`a broadcast of odd items to a server with faults accounts for each (seed ${seed})`, async () => {
    const { faults, result, ...counts } = await storm(COUNT, random);

    const { sent, failed, unknown, skipped, remaining } = counts;
    expect(faults.slice(0, 5)).to.deep.equal([]);
    expect(counts).to.include({ items: COUNT, twice: 0, unhandled: 0 });
    expect(sent + failed + unknown + skipped + remaining).to.equal(COUNT);
    expect(result.summary).to.include({
      items: COUNT,
      sent,
      failed,
      unknown,
      skipped,
      remaining,
    });
  });
}
