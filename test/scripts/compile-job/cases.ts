import { parse } from 'acorn';
import { expect } from 'chai';
import { compileJob } from '../../../scripts/compile-job';

const ADAPTOR = '"@openfn/language-whatsapp"';
const EXPORTS = ['fn', 'each', 'greet', 'phone', 'util'];

export const DEFER = 'import { defer as _defer } from "@openfn/runtime";';

export const compile = (source: string) => compileJob(source, EXPORTS);

/** Each behavior with a job and the module that it becomes. */
export function compiles(examples: Record<string, [string, string]>) {
  for (const [behavior, [source, expected]] of Object.entries(examples)) {
    it(behavior, () => expectSame(compile(source).code, expected));
  }
}

/** Each mistake with a job that makes it and the start of the message. */
export function refuses(examples: Record<string, [string, string]>) {
  for (const [mistake, [source, message]] of Object.entries(examples)) {
    it(`refuses ${mistake}`, () => {
      expect(() => compile(source)).to.throw(Error, startOf(message));
    });
  }
}

export const startOf = (message: string) =>
  new RegExp(`^${message.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);

/** The module of a job that is operations only. */
export function ops(...operations: string[]): string {
  const used = EXPORTS.filter(name =>
    operations.some(operation => operation.includes(`${name}(`)),
  );
  return uses(used.join(', '), list(...operations));
}

/** A module that imports `names` from the adaptor. */
export const uses = (names: string, ...statements: string[]) =>
  [
    `import { ${names} } from ${ADAPTOR};`,
    `export * from ${ADAPTOR};`,
    ...statements,
  ].join('\n');

export const list = (...operations: string[]) =>
  `export default [${operations.join(', ')}];`;

/** White space, quotes and comments do not matter. */
export function expectSame(actual: string, expected: string) {
  expect(structureOf(actual), actual).to.deep.equal(structureOf(expected));
}

function structureOf(code: string): unknown {
  const program = parse(code, { ecmaVersion: 'latest', sourceType: 'module' });
  return JSON.parse(JSON.stringify(program, withoutPosition));
}

function withoutPosition(key: string, value: unknown) {
  if (/^(start|end|raw)$/.test(key)) return undefined;
  return typeof value === 'bigint' ? `${value}n` : value;
}
