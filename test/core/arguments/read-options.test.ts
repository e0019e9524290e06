import { expect } from 'chai';
import { readOptions, withDefaultOptions } from '../../../src/core/arguments';
import { throws } from '../../rejects';

describe('default options', () => {
  const known = ['dryRun', 'timeout'];
  const read = (options?: unknown) =>
    withDefaultOptions({ dryRun: true, other: 1 }, () =>
      readOptions(options, known),
    );

  it('are read where none are given, as far as they are known', () => {
    expect(read()).to.deep.equal({ dryRun: true });
    expect(read(null)).to.deep.equal({ dryRun: true });
  });

  it('do not win over what is given', () => {
    const given = { dryRun: false, timeout: 5 };

    expect(read(given)).to.deep.equal(given);
  });

  it('hide no unknown name', () => {
    throws(() => read({ other: 2 }), { code: 'INVALID_OPTIONS' });
  });

  it('are gone afterwards', () => {
    expect(readOptions(undefined, known)).to.deep.equal({});
  });
});
