import { expect } from 'chai';
import { BadParameter } from '../../src/http/error-response';
import {
  readAfterId,
  readContact,
  readLimit,
  readTime,
} from '../../src/routes/parameters';
import { writeCursor } from '../../src/store/cursor';

describe('readTime', () => {
  for (const text of ['2026-11-20T08:00:00Z', '1795161600', '1795161600000']) {
    it(`reads ${text}`, () => {
      expect(readTime('since', text)?.toISOString()).to.equal(
        '2026-11-20T08:00:00.000Z',
      );
    });
  }

  for (const text of [
    'yesterday',
    '2026-13-01',
    '+275760-01-01',
    '-271821-04-20T00:00:00Z',
    '0000-12-31T00:00:00Z',
  ]) {
    it(`refuses ${text}`, () => {
      expect(() => readTime('since', text)).to.throw(BadParameter, 'since');
    });
  }
});

describe('readLimit', () => {
  it('is 100 by default', () => {
    expect(readLimit(undefined)).to.equal(100);
    expect(readLimit('7')).to.equal(7);
  });

  for (const text of ['0', '-1', '1.5', '1001', 'many', '1e9']) {
    it(`refuses ${text}`, () => {
      expect(() => readLimit(text)).to.throw(BadParameter, 'limit');
    });
  }
});

describe('readContact', () => {
  it('makes digits of a number, and leaves a user ID', () => {
    expect(readContact('+254 (700) 000-001')).to.equal('254700000001');
    expect(readContact(' KE.1349 ')).to.equal('KE.1349');
    expect(readContact(' ')).to.equal(undefined);
  });
});

describe('readAfterId', () => {
  it('refuses the cursor of another list', () => {
    const cursor = writeCursor({ time: '2026-11-20T08:00:00Z', key: '254' });

    expect(() => readAfterId(cursor)).to.throw(BadParameter, 'after');
  });
});
