import { expect } from 'chai';
import { createLoginLimiter } from '../../src/console/login-limiter';

describe('the login limiter', () => {
  let now: number;
  const limiter = () => createLoginLimiter(() => now);

  beforeEach(() => (now = 0));

  it('lets an address try five wrong keys, then one a minute', () => {
    const { wait, fail } = limiter();
    for (let i = 0; i < 5; i++) {
      expect(wait('a')).to.equal(0);
      fail('a');
    }

    expect(wait('a')).to.equal(60);
    expect(wait('b')).to.equal(0);
    now = 59_000;
    expect(wait('a')).to.equal(1);
    now = 60_000;
    expect(wait('a')).to.equal(0);
    fail('a');
    expect(wait('a')).to.equal(60);
  });

  it('forgets an address that had the right key', () => {
    const { wait, fail, succeed } = limiter();
    for (let i = 0; i < 5; i++) fail('a');

    succeed('a');

    expect(wait('a')).to.equal(0);
  });

  it('remembers no more than some thousand addresses', () => {
    const { wait, fail } = limiter();
    for (let i = 0; i < 5; i++) fail('first');

    for (let i = 0; i < 10_000; i++) fail(`${i}`);

    expect(wait('first')).to.equal(0);
  });
});
