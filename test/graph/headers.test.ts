import { expect } from 'chai';
import { readHeaders } from '../../src/graph/headers';
import { throws } from '../rejects';

describe('readHeaders', () => {
  it('writes names in lower case and values as text', () => {
    expect(readHeaders({ 'X-Trace': 7, none: undefined })).to.deep.equal({
      'x-trace': '7',
    });
  });

  for (const headers of [
    { 'x-a': 'b\r\nx-evil: c' },
    { 'x-a\r\nx-evil': 'c' },
    { 'x a': 'b' },
    { 'x-a': 'ā' },
    { 'x-a': {} },
    { Authorization: 'Bearer OTHER' },
    { host: 'evil.example' },
    { 'Content-Length': '0' },
    { Expect: '100-continue' },
    { 'Keep-Alive': 'timeout=5' },
    { upgrade: 'h2c' },
    'x-a: b',
  ]) {
    it(`refuses ${JSON.stringify(headers)}`, () => {
      throws(() => readHeaders(headers), { code: 'INVALID_OPTIONS' });
    });
  }
});
