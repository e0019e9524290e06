import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { longestChain } from '../../../scripts/journeys/chain';

describe('longestChain', () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'chain-'));
    const files = {
      top: "import './left'; import './right';",
      left: "import './ground';",
      right: "import './middle';",
      middle: "import type { A } from './ground';",
      ground: "import 'node:fs';",
    };
    for (const [name, text] of Object.entries(files)) {
      writeFileSync(join(folder, `${name}.ts`), text);
    }
  });

  after(() => rmSync(folder, { recursive: true }));

  it('finds the longest way along the imports, those of types included', () => {
    const names = longestChain(folder).map(path => path.split('/').at(-1));

    expect(names).to.deep.equal([
      'top.ts',
      'right.ts',
      'middle.ts',
      'ground.ts',
    ]);
  });
});
