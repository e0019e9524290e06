import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import packageJson from '../package.json' with { type: 'json' };

const read = (path: string) => readFileSync(path, 'utf8');
const [, version = ''] = /^>=(\d+\.\d+)$/.exec(packageJson.engines.node) ?? [];

describe('the version of Node.js', () => {
  it('is the same in every workspace', () => {
    for (const folder of packageJson.workspaces) {
      expect(JSON.parse(read(`${folder}/package.json`)), folder)
        .to.have.property('engines')
        .that.deep.equals(packageJson.engines);
    }
  });

  it('is the same in the documentation', () => {
    for (const path of ['CONTRIBUTING.md', 'gateway/README.md']) {
      expect(read(path)).to.contain(`Node.js ${version} or later`);
    }
    expect(read('SECURITY.md')).to.contain(`Node.js ${version} or later`);
  });

  it('is the oldest that CI tests', () => {
    const [, versions = ''] =
      /node: \[(.+)\]/.exec(read('.github/workflows/ci.yml')) ?? [];

    expect(versions.split(', ')[0]).to.equal(version.split('.')[0]);
  });
});
