import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { adaptorExports, exportsOf } from '../../scripts/adaptor-exports';

describe('exportsOf', () => {
  sees({
    functions: [
      'export declare function a<T>(x: T): void; export function b({ c }, ...d);',
      ['a', 'b'],
    ],
    'names from another file': ["export { a, b as c } from './x';", ['a', 'c']],
    'a namespace': ["export * as util from './util';", ['util']],
    'an imported name, exported later': [
      "import * as util from './util'; import { b } from './b'; export { util, b };",
      ['util', 'b'],
    ],
    'a function, exported later': [
      'declare function a(): void; export { a as b };',
      ['b'],
    ],
    'types in a list': [
      "export type { A } from './types'; export { type B } from './types'; interface C {} export type { C };",
      ['A', 'B', 'C'],
    ],
    'nothing of a whole file': ["export * from './x';", []],
    'no constants': ['export declare const a: number;', []],
    'no classes': ['export declare class A {}', []],
    'no types declared on the spot': [
      'export interface A {} export type B = A; export declare enum C {}',
      [],
    ],
    'none of these exported later': [
      'declare const a: 1; declare class B {} declare namespace c {} export { a, B as D, c };',
      [],
    ],
    'no default export': [
      "export default function a(): void; export = x; import './x';",
      [],
    ],
    'no function that is not exported': ['declare function a(): void;', []],
  });
});

describe('adaptorExports', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'exports-'));
  });

  afterEach(() => rmSync(root, { recursive: true }));

  it('reads the file that `types` names, then Adaptor.d.ts beside it', () => {
    give('package.json', '{ "types": "types/index.d.ts" }');
    give('types/index.d.ts', "export { a } from './Adaptor';");
    give(
      'types/Adaptor.d.ts',
      'export function b(): 1; export function b(x: 1): 1; export function a(): 1;',
    );
    give('types/other.d.ts', 'export function c(): 1;');

    expect(adaptorExports(root)).to.deep.equal(['a', 'b']);
  });

  it('reads adaptor.d.ts as well', () => {
    give('package.json', '{ "types": "./index.d.ts" }');
    give('index.d.ts', "export * from './adaptor';");
    give('adaptor.d.ts', 'export function a(): 1;');

    expect(adaptorExports(root)).to.deep.equal(['a']);
  });

  it('does not read the types of `exports`', () => {
    give('package.json', '{ "exports": { ".": { "types": "./index.d.ts" } } }');
    give('index.d.ts', 'export function a(): 1;');

    expect(adaptorExports(root)).to.deep.equal([]);
  });

  it('refuses a package that is not built', () => {
    give('package.json', '{ "types": "types/index.d.ts" }');

    expect(() => adaptorExports(root)).to.throw('types/index.d.ts');
  });

  function give(path: string, content: string) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
});

function sees(examples: Record<string, [string, string[]]>) {
  for (const [thing, [declarations, names]] of Object.entries(examples)) {
    it(`sees ${thing}`, () => {
      expect(exportsOf(declarations)).to.deep.equal(names);
    });
  }
}
