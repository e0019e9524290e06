import { expect } from 'chai';
import { pageOf, readCursor, writeCursor } from '../../src/store/cursor';

const PLACE = { time: '2026-11-20T08:00:00.123456Z', key: 'a key' };

describe('cursors', () => {
  it('come back as they were', () => {
    expect(readCursor(writeCursor(PLACE))).to.deep.equal(PLACE);
  });

  for (const text of [
    '',
    'zzz',
    btoa('{}'),
    btoa('["no time","key"]'),
    btoa('["2026","key"]'),
    btoa('["2026-02-30T08:00:00.123456Z","key"]'),
    btoa('["0000-01-01T08:00:00.123456Z","key"]'),
  ]) {
    it(`refuse ${JSON.stringify(text)}`, () => {
      expect(readCursor(text)).to.equal(undefined);
    });
  }
});

describe('pageOf', () => {
  const page = (rows: number[], limit: number) =>
    pageOf(
      rows,
      limit,
      row => ({ ...PLACE, key: String(row) }),
      row => row,
    );

  it('has no next page when all was read', () => {
    expect(page([1, 2], 2)).to.deep.equal({ data: [1, 2], paging: {} });
  });

  it('goes on after the last row that is shown', () => {
    const { data, paging } = page([1, 2, 3], 2);

    expect(data).to.deep.equal([1, 2]);
    expect(readCursor(paging.after ?? '')?.key).to.equal('2');
  });
});
