import { DEFER, compiles, list, uses } from './cases';

describe('compileJob: promises', () => {
  compiles({
    'defers a then': [
      'greet().then(f)',
      uses('greet', DEFER, list('_defer(greet(), p => p.then(f))')),
    ],
    'gives a catch on the operation the state': [
      'greet().catch(f)',
      uses('greet', DEFER, list('_defer(greet(), undefined, f)')),
    ],
    'keeps the rest of the chain': [
      'greet().catch(f).then(g).catch(h)',
      uses('greet', DEFER, list('_defer(greet(), p => p.then(g).catch(h), f)')),
    ],
    'keeps a catch after a then in the chain': [
      'greet().then(f).catch(g)',
      uses('greet', DEFER, list('_defer(greet(), p => p.then(f).catch(g))')),
    ],
    'defers an argument, and imports once': [
      'each($.list, greet($.name).then(f)); greet().then(g)',
      uses(
        'each, greet',
        DEFER,
        list(
          'each(state => state.list, _defer(greet(state => state.name), p => p.then(f)))',
          '_defer(greet(), p => p.then(g))',
        ),
      ),
    ],
    'defers the outer chain only': [
      'each([], greet().catch(f)).catch(g)',
      uses(
        'each, greet',
        DEFER,
        list('_defer(each([], greet().catch(f)), undefined, g)'),
      ),
    ],
    'defers a namespaced operation': [
      'util.wait().then(f)',
      uses('util', DEFER, list('_defer(util.wait(), p => p.then(f))')),
    ],
    'leaves promises in functions and blocks alone': [
      'fn(state => load(state).then(f)); if (true) { greet().then(f); }',
      uses(
        'fn, greet',
        'if (true) { greet().then(f); }',
        list('fn(state => load(state).then(f))'),
      ),
    ],
    'leaves what is no call alone': ['ready.then(f)', list('ready.then(f)')],
    'imports after the imports of the job': [
      'import f from "./f"; const a = 1; greet().then(f);',
      uses(
        'greet',
        'import f from "./f";',
        DEFER,
        'const a = 1;',
        list('_defer(greet(), p => p.then(f))'),
      ),
    ],
  });
});
