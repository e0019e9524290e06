import { compiles, list, ops, refuses, uses } from './cases';

describe('compileJob: lazy state', () => {
  compiles({
    'wraps the argument in a function of state': [
      'greet($.data.name, 1)',
      ops('greet(state => state.data.name, 1)'),
    ],
    'wraps computed and optional members': [
      'greet($["data"].name, $.data?.name)',
      ops('greet(state => state["data"].name, state => state.data?.name)'),
    ],
    'wraps the whole argument, however deep $ stands in it': [
      'greet({ to: [$.data.name, `No. ${$.data.n}`], ok: true, ...$.x })',
      ops(
        'greet(state => ({ to: [state.data.name, `No. ${state.data.n}`], ok: true, ...state.x }))',
      ),
    ],
    'wraps expressions': [
      'greet("Dr " + $.name, $.ok ? 1 : 2, new Date($.day), tag`${$.x}`)',
      ops(
        'greet(state => "Dr " + state.name, state => state.ok ? 1 : 2, state => new Date(state.day), state => tag`${state.x}`)',
      ),
    ],
    'wraps at the nearest call, which is not always the operation': [
      'each($.list, greet(String($.name)))',
      ops('each(state => state.list, greet(String(state => state.name)))'),
    ],
    'wraps a method of a value before it is called': [
      'greet($.name.trim(), new Date($.day).getTime())',
      ops(
        'greet((state => state.name.trim)(), (state => new Date(state.day).getTime)())',
      ),
    ],
    'wraps a method of the state whole': [
      'greet($.list(), $?.list($.n))',
      ops(
        'greet(state => state.list(), state => state?.list(state => state.n))',
      ),
    ],
    'wraps $ in brackets once': [
      'greet($.names[$.index])',
      ops('greet(state => state.names[state.index])'),
    ],
    'keeps an arrow of state as it is': [
      'fn(state => $.data); fn(async state => ({ n: $.n }))',
      ops('fn(state => state.data)', 'fn(async state => ({ n: state.n }))'),
    ],
    'leaves $ alone where a function declares it': [
      'fn($ => $.data); fn(function () { var { $ } = this; return $.x; })',
      ops(
        'fn($ => $.data)',
        'fn(function () { var { $ } = this; return $.x; })',
      ),
    ],
    'does not mind a $ at the top level': [
      'const $ = 1; greet($.name)',
      uses('greet', 'const $ = 1;', list('greet(state => state.name)')),
    ],
    'leaves $ without a member alone': ['fn($)', ops('fn($)')],
    'does not look into an object at the top level': [
      'const options = { to: $.name }; greet(options)',
      uses('greet', 'const options = { to: $.name };', list('greet(options)')),
    ],
  });

  refuses({
    'an arrow without parameters': [
      'fn(() => $.x)',
      'Lazy State Error: parent has wrong arity (1:9)',
    ],
    'an arrow with two parameters': [
      'fn((state, next) => $.x)',
      'Lazy State Error: parent has wrong arity',
    ],
    'a parameter of another name': [
      'fn(s => $.x)',
      'Lazy State Error: parameter "s" should be called "state"',
    ],
    'a parameter that is a pattern': [
      'fn(({ data }) => $.x)',
      'Lazy State Error: parameter "undefined" should be called "state"',
    ],
    'a statement': [
      'const name = $.name;',
      'Lazy State Error: Must be inside an operation',
    ],
    'a function body': [
      'fn(state => { return $.x; })',
      'Lazy State Error: Must be inside an operation',
    ],
    'a list at the top level': [
      'const names = [$.name];',
      'Lazy State Error: Must be inside an operation',
    ],
    'a class': [
      'fn(class { x = $.x })',
      'Lazy State Error: Must be inside an operation',
    ],
    'a spread argument': [
      'greet(...$.names)',
      'a node that cannot be wrapped (SpreadElement)',
    ],
  });
});
