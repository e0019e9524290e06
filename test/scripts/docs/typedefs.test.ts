import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { replaceTypedefs } from '../../../scripts/docs/typedefs';

const typedef = (...lines: string[]) =>
  ['/**', ...lines.map(line => ` * ${line}`), ' */'].join('\n');

const TYPES = `
type Word = 'a' | 'b';
/** Options of
 * everything. */
export type Options = Base & {
  /** How long. */
  timeout?: number | undefined;
  /** Which. */
  word: Word | string[];
  /** Again. */
  retry?: Retry | false | undefined;
  /** Anything. */
  body?: unknown;
};
/** Again. */
export type Retry = { attempts?: number | undefined };
`;

describe('replaceTypedefs', () => {
  it('writes a typedef anew from the type of its name', () => {
    const old = [
      typedef('Old.', '@typedef {Object} Options', '@public'),
      typedef('Old.', '@typedef {Object} Retry', '@public'),
    ].join('\n');

    expect(replaceTypedefs(old, TYPES)).to.contain(
      typedef(
        'Options of everything.',
        '@typedef {Object} Options',
        '@public',
        '@property {number} [timeout] - How long.',
        '@property {(string|Array)} word - Which.',
        '@property {(Retry|boolean)} [retry] - Again.',
        '@property {*} [body] - Anything.',
      ),
    );
  });

  it('leaves a typedef without a type, and other comments, as they are', () => {
    const code = `${typedef('Other.')}\n${typedef('State.', '@typedef {Object} Own', '@public')}`;

    expect(replaceTypedefs(code, TYPES)).to.equal(code);
  });
});

describe('the typedefs of Adaptor.ts', () => {
  it('say what types.ts says', () => {
    const adaptor = readFileSync('src/Adaptor.ts', 'utf8');

    expect(
      replaceTypedefs(adaptor, readFileSync('src/types.ts', 'utf8')),
    ).to.equal(adaptor);
  });
});
