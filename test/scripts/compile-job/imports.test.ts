import { compileJob } from '../../../scripts/compile-job';
import { compile, compiles, expectSame, list, uses } from './cases';

describe('compileJob: imports', () => {
  compiles({
    'come in the order of the export list': [
      'phone.list(); each(greet())',
      uses('each, greet, phone', list('phone.list()', 'each(greet())')),
    ],
    'are none when nothing is used': ['other()', list('other()')],
    'leave out what the job imports or declares': [
      'import { fn } from "other"; const phone = 1; function util() {} fn(phone, util);',
      'import { fn } from "other"; const phone = 1; function util() {}' +
        list('fn(phone, util)'),
    ],
    'leave out parameters, patterns, and what is caught': [
      'run(greet => greet, ({ a: [phone = 1, ...util] }) => phone(util), () => { try {} catch (fn) { fn(); } })',
      list(
        'run(greet => greet, ({ a: [phone = 1, ...util] }) => phone(util), () => { try {} catch (fn) { fn(); } })',
      ),
    ],
    'leave out what the job imports under another name': [
      'import { fn as f } from "other"; f(1)',
      'import { fn as f } from "other";' + list('f(1)'),
    ],
    'leave out classes, and functions in their own body': [
      'class phone {} run(phone, function util() { return util; })',
      'class phone {}' + list('run(phone, function util() { return util; })'),
    ],
    'count what another function declares': [
      'run(() => { let phone; }, () => phone)',
      uses('phone', list('run(() => { let phone; }, () => phone)')),
    ],
    'leave out properties, keys, and values named as their key': [
      'run(a.phone, a[util], a[util.b], { fn: 1, greet, each: each })',
      list('run(a.phone, a[util], a[util.b], { fn: 1, greet, each: each })'),
    ],
    'count values of another name': [
      'run({ p: phone }, typeof util)',
      uses('phone, util', list('run({ p: phone }, typeof util)')),
    ],
    'leave out objects at the top level': [
      'const a = { b: phone };',
      'const a = { b: phone };' + list(),
    ],
  });

  it('come from the adaptor that is named', () => {
    const { code } = compileJob('get()', ['get'], '@openfn/language-http');

    expectSame(
      code,
      'import { get } from "@openfn/language-http"; export * from "@openfn/language-http"; export default [get()];',
    );
  });

  it('include collections when the job reads them', () => {
    const { code } = compile('collections.get("patients", $.key)');

    expectSame(
      code,
      'import { collections } from "@openfn/language-collections"; export * from "@openfn/language-collections";' +
        list('collections.get("patients", state => state.key)'),
    );
  });

  it('are guessed without an export list, save names that contain a global', () => {
    const { code } = compileJob('sendEvent(); ask(); fetch(ask, [x])', []);

    expectSame(
      code,
      uses('ask, fetch, x', list('sendEvent()', 'ask()', 'fetch(ask, [x])')),
    );
  });
});
