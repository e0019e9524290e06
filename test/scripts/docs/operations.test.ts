import { expect } from 'chai';
import { inGroups } from '../../../scripts/docs/groups';
import type { Documented } from '../../../scripts/docs/jsdoc';
import { operationsPage } from '../../../scripts/docs/operations';

const documented = (name: string, file = 'Adaptor'): Documented => ({
  file,
  name,
  description: `Does ${name}. And more.`,
  params: [
    { name: 'to', types: ['string', 'Words'], description: 'One | another.' },
  ],
  examples: [{ caption: 'Do it', code: `${name}($.data.phone)` }],
  state: ['{Words}', "data - Meta's answer."],
  links: ['https://meta.example/page'],
});

describe('inGroups', () => {
  const groups = { 'First things': ['b', 'a'], 'Last things': ['c'] };

  it('sorts operations, in the order of the group', () => {
    const found = inGroups(
      ['a', 'b', 'c'].map(name => documented(name)),
      groups,
    );

    expect(
      found.map(({ title, operations }) => [
        title,
        operations.map(({ name }) => name).join(),
      ]),
    ).to.deep.equal([
      ['First things', 'b,a'],
      ['Last things', 'c'],
    ]);
  });

  it('names an operation that is in no group', () => {
    const operations = ['a', 'b', 'c', 'd'].map(name => documented(name));

    expect(() => inGroups(operations, groups)).to.throw('d is in no group');
  });

  it('names a member that is no operation', () => {
    expect(() => inGroups([documented('a')], groups)).to.throw(
      'b of scripts/docs/groups.ts does not exist',
    );
  });
});

describe('operationsPage', () => {
  let text = '';

  before(async () => {
    text = await operationsPage(
      'docs/operations.md',
      {
        functions: [documented('send'), documented('normalize', 'phone')],
        typedefs: [{ name: 'Words', description: 'All words.', items: [] }],
        common: ['each', 'fn'],
      },
      { Sending: ['send'] },
    );
  });

  it('begins with what it is written by', () => {
    expect(text).to.match(/^<!-- Written by "npm run docs"/);
  });

  it('lists each function with its first sentence, in its group', () => {
    expect(text).to.match(
      /\*\*\[Sending\]\(#sending\)\*\*\n\n.*\n.*\n\| \[`send\(to\)`\]\(#send\) +\| Does send. +\|\n/,
    );
  });

  it('names functions of other files as a job does', () => {
    expect(text).to.include('[`phone.normalize(to)`](#phonenormalize)');
    expect(text).to.include('\n### phone.normalize\n');
  });

  it('names what comes from language-common', () => {
    expect(text).to.include('`each`, `fn`.');
  });

  it('describes parameters, linked to the typedefs', () => {
    expect(text).to.include(
      '| `to`      | `string` or [Words](#words) | One \\| another. |',
    );
  });

  it('tells what is left on state', () => {
    expect(text).to.include("- [Words](#words)\n- `data`: Meta's answer.\n");
  });

  it('shows the examples under their captions', () => {
    expect(text).to.include('**Do it**\n\n```js\nsend($.data.phone);\n```\n');
  });

  it("links to Meta's page", () => {
    expect(text).to.include(
      "[Meta's documentation](https://meta.example/page)",
    );
  });
});
