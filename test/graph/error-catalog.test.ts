import { expect } from 'chai';
import { CODES, lookUp } from '../../src/graph/error-catalog';
import rows from '../../src/graph/error-codes.json';

describe('the error catalog', () => {
  it('has a plain description, a fix and a code of ours for every row', () => {
    for (const row of rows) {
      expect(row.what, String(row.code)).to.match(/^[A-Z].*\.$/);
      expect(row.fix, String(row.code)).to.match(/^[A-Z].*\.$/s);
      expect(CODES, String(row.code)).to.have.property(row.category);
    }
  });

  it('names each code once', () => {
    const codes = rows.map(row => row.code);
    expect(new Set(codes).size).to.equal(codes.length);
  });

  it('prefers the row of a code to the range that it lies in', () => {
    expect(lookUp(200)?.code).to.equal(200);
    expect(lookUp(201)?.code).to.equal('200-299');
    expect(lookUp(2494170)?.code).to.equal('2494164-2494179');
    expect(lookUp(987654)).to.equal(undefined);
  });

  it('lets a send be repeated after these codes only', () => {
    const resent = rows.filter(row => row.outcome === 'resend');
    expect(resent.map(row => row.code)).to.have.members([
      4, 80007, 130429, 131056, 131057, 134101,
    ]);
  });
});
