import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { compileJob } from '../../scripts/compile-job';
import type { CompiledJob } from '../../scripts/compile-job';
import {
  DEFER,
  compile,
  compiles,
  expectSame,
  list,
  ops,
  refuses,
  startOf,
  uses,
} from './compile-job/cases';

describe('compileJob: source', () => {
  compiles({
    'may start with a hashbang': ['#!/usr/bin/env openfn\nfn(f)', ops('fn(f)')],
    'may end in a space': ['fn(f); ', ops('fn(f)')],
    'may hold comments anywhere': [
      '// a\ngreet( // b\n  $.x, // c\n  /* d */ { y: $.y /* e */ }, // f\n) // g\n  .catch(f); // h',
      uses(
        'greet',
        DEFER,
        list(
          '_defer(greet(state => state.x, state => ({ y: state.y })), undefined, f)',
        ),
      ),
    ],
    'may use the newest syntax': [
      'class A { static #x = 1; static { this.y ??= 2n; } } fn(A, $.x)',
      uses(
        'fn',
        'class A { static #x = 1; static { this.y ??= 2n; } }',
        list('fn(A, state => state.x)'),
      ),
    ],
  });

  refuses({ 'what is no JavaScript': ['fn(', 'Unexpected token (1:3)'] });

  it('can be found again by the source map', () => {
    const { map } = compile('\nfn(f)');

    expect(map).to.include({ version: 3 });
    expect(map).to.have.deep.property('sourcesContent', ['\nfn(f)']);
  });
});

describe("compileJob agrees with OpenFn's compiler", () => {
  const reference = readReference();
  if (!reference) {
    it.skip('reference material not found: set OPENFN_REFERENCE');
    return;
  }
  const { exports, cases, casesWithoutExportList } = reference;
  for (const example of cases) agrees(example, exports);
  for (const example of casesWithoutExportList) agrees(example, []);
});

interface Example {
  name?: string;
  source: string;
  compiled?: string;
  error?: string;
  operations?: CompiledJob['operations'];
}

interface Reference {
  exports: string[];
  cases: Example[];
  casesWithoutExportList: Example[];
}

function readReference(): Reference | undefined {
  const beside = join(import.meta.dirname, '../../../shared/openfn');
  const folder = process.env.OPENFN_REFERENCE || beside;
  const path = resolve(folder, 'compiler-cases.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

function agrees(example: Example, exports: string[]) {
  const { source, compiled, error, operations } = example;
  it(example.name ?? source, () => {
    const work = () => compileJob(source, exports);
    if (error !== undefined) {
      expect(work).to.throw(Error, startOf(error));
      return;
    }
    const job = work();

    expectSame(job.code, compiled ?? '');
    if (example.name) expect(job.operations).to.deep.equal(operations ?? []);
  });
}
