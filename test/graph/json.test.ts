import { toJson } from '../../src/schema/check';
import { expect } from 'chai';
import { throws } from '../rejects';

describe('toJson', () => {
  it('writes what JSON can write', () => {
    const value = { a: [1, -0, null, true, '👍'], b: undefined };

    expect(toJson(value)).to.equal('{"a":[1,0,null,true,"👍"]}');
    expect(toJson({ at: new Date(0) })).to.equal(
      '{"at":"1970-01-01T00:00:00.000Z"}',
    );
  });

  for (const value of [NaN, Infinity, 7n, new Map(), /a/, new Date(NaN)]) {
    it(`refuses ${String(value)}, which it would change`, () => {
      throws(() => toJson({ a: [value] }), { code: 'INVALID_ARGUMENT' });
    });
  }

  it('refuses half of a character, in values and in names', () => {
    for (const half of ['👍'.slice(0, 1), 'a\udc4d']) {
      throws(() => toJson([half]), { code: 'INVALID_TEXT', sent: 'no' });
      throws(() => toJson({ [half]: 1 }), { code: 'INVALID_TEXT' });
    }
  });
});
