import { expect } from 'chai';
import { readKey } from '../../src/broadcast/item-key';

describe('readKey', () => {
  for (const [key, read] of [
    ['P-1', 'P-1'],
    [17, '17'],
    [0, '0'],
    ['nullah-3', 'nullah-3'],
    ['Nullam', 'Nullam'],
    ['x'.repeat(512), 'x'.repeat(512)],
  ] as const) {
    it(`takes ${String(key).slice(0, 20)}`, () => {
      expect(readKey(key)).to.equal(read);
    });
  }

  for (const key of [
    'undefined',
    'visit-undefined',
    'undefined_3 May',
    'null-null',
    'P/NaN',
    '[object Object]',
    'x'.repeat(513),
    '',
    ' \u00a0\n',
    null,
    undefined,
    NaN,
    {},
  ]) {
    it(`refuses ${String(key).slice(0, 20)}, and says what to give`, () => {
      expect(() => readKey(key))
        .to.throw(/key of this item .* \{ key: \$\.data\.id \}/)
        .with.property('code', 'INVALID_KEY');
    });
  }
});
