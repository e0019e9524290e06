import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ENTRY = `
  let runs = 0;
  export const fn = work => state => work(state);
  export const count = () => state => ({ ...state, data: ++runs });
  export const leave = () => () => {};
  export const shout = text => state => { console.log(text); return state; };
  export const send = to => async state => {
    const number = typeof to === 'function' ? to(state) : to;
    if (!number) throw Object.assign(new Error('No number.'), FAILURE);
    return { ...state, data: { to: number }, response: { statusCode: 200 } };
  };
  const FAILURE = {
    code: 'NO_NUMBER',
    description: 'There is no number.',
    fix: 'Give one.',
  };
`;
const TYPES = `
  export declare function fn(work: unknown): unknown;
  export declare function count(): unknown;
  export declare function leave(): unknown;
  export declare function shout(text: string): unknown;
  export declare function send(to: unknown): unknown;
`;
const PACKAGE = `{
  "type": "module",
  "types": "index.d.ts",
  "main": "index.js"
}`;

/** An adaptor installed in a temporary folder, so that no test waits for our own build. */
export function installFakeAdaptor() {
  const folder = mkdtempSync(join(tmpdir(), 'fake-adaptor-'));
  // The runtime knows an adaptor's errors by this path.
  const root = join(folder, 'node_modules/@openfn/language-whatsapp');
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, 'index.js'), ENTRY);
  writeFileSync(join(root, 'index.d.ts'), TYPES);
  writeFileSync(join(root, 'package.json'), PACKAGE);
  const remove = () => rmSync(folder, { recursive: true });
  return { folder, root, remove };
}
