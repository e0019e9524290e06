import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ERRORS } from '../../../scripts/docs/errors';
import { CODES } from '../../../src/graph/error-catalog';

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter(path => path.endsWith('.ts'))
  .map(path => readFileSync(join('src', path), 'utf8'))
  .join('\n');

/** What stands where a code of an error stands. */
const thrown = [
  ...sources.matchAll(
    /(?:\bcode(?:: | = )|\brefuse\w*\(\s*)(?:[^'\n;]{0,40}\? )?'([A-Z]+(?:_[A-Z]+)*)'(?: : '([A-Z]+(?:_[A-Z]+)*)')?/g,
  ),
].flatMap(([, one, other]) => (other === undefined ? [one!] : [one!, other]));

describe('docs/errors.md', () => {
  it('has every code that is thrown', () => {
    expect(thrown.length).to.be.above(100);
    expect(Object.keys(ERRORS)).to.include.members([
      ...new Set([...thrown, ...Object.values(CODES)]),
    ]);
  });

  it('has no code that is not', () => {
    const unknown = Object.keys(ERRORS).filter(
      name => !sources.includes(`'${name}'`),
    );

    expect(unknown).to.deep.equal([]);
  });

  it('stands in the order of the alphabet', () => {
    expect(Object.keys(ERRORS)).to.deep.equal(Object.keys(ERRORS).sort());
  });
});
