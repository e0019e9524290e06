import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';

const TEST = /`([\w./-]+\.(?:test|stress)\.ts)`/g;

describe('SECURITY.md', () => {
  const rows = readFileSync('SECURITY.md', 'utf8')
    .split('\n')
    .filter(line => line.startsWith('|'))
    .filter(line => line.split('|').length === 6)
    .slice(2);

  it('names a test for each threat, and the test exists', () => {
    expect(rows).to.have.length.above(10);
    for (const row of rows) {
      const tests = [...row.matchAll(TEST)].map(([, path = '']) => path);
      if (!row.includes('`npm run check`')) expect(tests, row).not.to.be.empty;
      for (const path of tests) expect(existsSync(path), path).to.equal(true);
    }
  });
});
