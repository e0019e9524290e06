import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { findErrorOperations } from '../../../scripts/docs/error-operations';
import { ERRORS, describeOperations } from '../../../scripts/docs/errors';
import { GROUPS } from '../../../scripts/docs/groups';
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

  it('names operations and groups that exist', () => {
    const known = [
      ...Object.keys(GROUPS),
      ...Object.values(GROUPS).flat(),
      'webhook.challenge',
    ];

    for (const { operations = [] } of Object.values(ERRORS)) {
      expect(known).to.include.members(operations);
    }
  });
});

describe('describeOperations', () => {
  const all = Object.values(GROUPS).flat();

  it('says all in a word', () => {
    expect(describeOperations(all)).to.equal('every operation');
    expect(describeOperations(all.filter(name => name !== 'request'))).to.equal(
      'every operation but `request`',
    );
  });

  it('names groups, then operations', () => {
    expect(
      describeOperations(['reply', ...(GROUPS['Media'] ?? []), 'Templates']),
    ).to.equal('Templates, Media, `reply`');
  });
});

describe('findErrorOperations', function () {
  this.timeout(60_000);

  it('follows an operation to what it can throw', () => {
    const found = findErrorOperations('src/Adaptor.ts', [
      'NOT_A_MESSAGE',
      'INVALID_LOGIN',
      'INVALID_OPTIONS',
    ]);

    expect(found.get('NOT_A_MESSAGE')).to.deep.equal(['reply']);
    expect(found.get('INVALID_LOGIN')).to.deep.equal(['createSession']);
    expect(found.get('INVALID_OPTIONS')).to.include.members([
      'sendMessage',
      'broadcast',
    ]);
  });
});
