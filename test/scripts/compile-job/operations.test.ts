import { expect } from 'chai';
import { compile, compiles, list, ops, uses } from './cases';

describe('compileJob: operations', () => {
  compiles({
    'become the default export, in their order': [
      'const a = 1;\ngreet(a);\nlet b;\nfn(f)',
      uses('fn, greet', 'const a = 1;', 'let b;', list('greet(a)', 'fn(f)')),
    ],
    'are added to a default export at the end': [
      'fn(f); export default [greet()];',
      ops('greet()', 'fn(f)'),
    ],
    'stay where they are when the default export is not the last': [
      'export default [greet()]; fn(f);',
      uses('fn, greet', list('greet()'), 'fn(f);'),
    ],
    'stay where they are when the default export is no list': [
      'fn(f); export default {}',
      uses('fn', 'fn(f);', 'export default {}'),
    ],
    'are calls, nothing else': [
      'await fn(f); a = fn(f); if (a) fn(f); fn(f), fn(f); fn?.(f);',
      uses(
        'fn',
        'await fn(f); a = fn(f); if (a) fn(f); fn(f), fn(f); fn?.(f);',
        list(),
      ),
    ],
    'are calls of any kind': [
      'console.log(1); (() => 1)(); fn(f)(1);',
      ops('console.log(1)', '(() => 1)()', 'fn(f)(1)'),
    ],
    'are none in an empty job': ['', list()],
  });

  it('are listed with name, line and order', () => {
    const { operations } = compile('greet();\n\nutil.wait();\nfn(f).then(g)');

    expect(operations).to.deep.equal([
      { name: 'greet', line: 1, order: 1 },
      { line: 3, order: 2 },
      { name: '_defer', line: -1, order: 3 },
    ]);
  });
});
