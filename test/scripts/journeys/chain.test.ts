import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { longestChain } from '../../../scripts/journeys/chain';

describe('longestChain', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'chain-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  function chainOf(files: Record<string, string>): string[] {
    for (const [name, text] of Object.entries(files)) {
      writeFileSync(join(folder, `${name}.ts`), text);
    }
    return longestChain(folder).map(path => path.split('/').at(-1)!);
  }

  it('finds the longest chain of imports', () => {
    const chain = chainOf({
      top: "import './left'; import './right';",
      left: "import './ground';",
      right: "import './middle';",
      middle: "import { a } from './ground';",
      ground: "import 'node:fs';",
    });

    expect(chain).to.deep.equal([
      'top.ts',
      'right.ts',
      'middle.ts',
      'ground.ts',
    ]);
  });

  for (const statement of [
    "import a from './ground';",
    "import * as a from './ground';",
    "import { type A, b } from './ground';",
    "import a, { type B } from './ground';",
    "export { a, type B } from './ground';",
    "export * from './ground';",
  ]) {
    it(`counts ${statement}`, () => {
      const chain = chainOf({ top: statement, ground: '' });

      expect(chain).to.deep.equal(['top.ts', 'ground.ts']);
    });
  }

  for (const statement of [
    "import type { A } from './ground';",
    "import type A from './ground';",
    "import { type A, type B } from './ground';",
    "export type { A } from './ground';",
    "export type * from './ground';",
    "export { type A } from './ground';",
    "type A = import('./ground').A;",
  ]) {
    it(`does not count ${statement}`, () => {
      const chain = chainOf({ top: statement, ground: '' });

      expect(chain).to.have.length(1);
    });
  }
});
