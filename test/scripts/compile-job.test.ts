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

const NONE: Reference = { exports: [], cases: [], casesWithoutExportList: [] };

const HEAD = (names: string) =>
  `import { ${names} } from "@openfn/language-whatsapp";\nexport * from "@openfn/language-whatsapp";\n`;

/** Jobs of our own, and what OpenFn's compiler makes of them. */
const OURS: Reference = {
  exports: ['fn', 'each', 'sendMessage', 'phone'],
  cases: [
    {
      name: 'a reminder for each patient',
      source:
        'each($.data.patients, sendMessage($.data.phone, `Dear ${$.data.name}, see you on ${$.data.day}.`));\nfn(state => state);',
      compiled: `${HEAD('fn, each, sendMessage')}export default [each(state => state.data.patients, sendMessage(state => state.data.phone, state => \`Dear \${state.data.name}, see you on \${state.data.day}.\`)), fn(state => state)];`,
      operations: [
        { name: 'each', line: 1, order: 1 },
        { name: 'fn', line: 2, order: 2 },
      ],
    },
    {
      name: 'a constant beside an operation',
      source: "const clinic = 'Hope';\nsendMessage($.data.phone, clinic);",
      compiled: `${HEAD('sendMessage')}const clinic = 'Hope';\nexport default [sendMessage(state => state.data.phone, clinic)];`,
      operations: [{ name: 'sendMessage', line: 2, order: 1 }],
    },
    {
      name: 'a function of the adaptor inside a function',
      source: 'fn(state => phone.normalize(state.data.phone));',
      compiled: `${HEAD('fn, phone')}export default [fn(state => phone.normalize(state.data.phone))];`,
      operations: [{ name: 'fn', line: 1, order: 1 }],
    },
    {
      name: 'state outside an operation',
      source: 'const day = $.data.day;',
      error: 'Lazy State Error: Must be inside an operation',
    },
  ],
  casesWithoutExportList: [],
};

describe("compileJob agrees with OpenFn's compiler", () => {
  for (const reference of [OURS, readReference()]) {
    const { exports, cases, casesWithoutExportList } = reference ?? NONE;
    for (const example of cases) agrees(example, exports);
    for (const example of casesWithoutExportList) agrees(example, []);
  }
});

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
