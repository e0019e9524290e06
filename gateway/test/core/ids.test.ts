import { expect } from 'chai';
import { isId, nextId } from '../../src/core/ids';

describe('nextId', () => {
  it('gives UUIDs that grow, also within a millisecond', () => {
    const ids = Array.from({ length: 10_000 }, () => nextId(1_000));

    expect([...ids].sort()).to.deep.equal(ids);
    expect(new Set(ids).size).to.equal(ids.length);
    expect(ids.every(isId)).to.equal(true);
  });

  it('does not go back with the clock', () => {
    const before = nextId(9_000_000_000_000);

    expect(nextId(1) > before).to.equal(true);
  });
});

describe('isId', () => {
  for (const text of ['', 'abc', "1'; DROP TABLE", '0'.repeat(36)]) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(isId(text)).to.equal(false);
    });
  }
});
