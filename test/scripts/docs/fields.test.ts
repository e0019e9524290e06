import { expect } from 'chai';
import { fieldTables } from '../../../scripts/docs/fields';
import {
  variant,
  httpsLink,
  list,
  object,
  oneOf,
  optional,
  withRules,
  text,
} from '../../../src/schema/rules';

describe('fieldTables', () => {
  it('has a row for each field, with what its rules say', () => {
    const schema = object({
      mode: oneOf('draft', 'published'),
      link: optional(httpsLink()),
      rows: list(object({ title: text(24) }), 1, 10),
    });

    expect(fieldTables(schema)).to.deep.equal([
      {
        rows: [
          ['`mode`', 'yes', '`draft` or `published`'],
          ['`link`', 'no', 'https address'],
          ['`rows`', 'yes', 'list of 1 to 10'],
          ['`rows[].title`', 'yes', 'text, at most 24'],
        ],
      },
    ]);
  });

  it('joins the rules of a field', () => {
    const noSpace = {
      summary: 'no space',
      isValid: () => true,
      message: '',
      fix: '',
    };

    const [table] = fieldTables(
      object({ name: withRules(text(512), noSpace) }),
    );

    expect(table?.rows).to.deep.equal([
      ['`name`', 'yes', 'text, at most 512; no space'],
    ]);
  });

  it('says which type a field belongs to, and names the type once', () => {
    const header = variant({
      text: object({ type: oneOf('text'), text: text() }),
      image: object({ type: oneOf('image'), image: optional(text()) }),
    });

    const [table] = fieldTables(object({ header }));

    expect(table?.rows).to.deep.equal([
      ['`header`', 'yes', 'by type: text, image'],
      ['`header.type`', 'yes', '`text` or `image`'],
      ['`header.text`', 'yes, if `header.type` is `text`', 'text'],
      ['`header.image`', 'no, if `header.type` is `image`', 'text'],
    ]);
  });

  it('gives a table of its own to a type in which another type decides', () => {
    const value = variant({ a: object({ type: oneOf('a'), a: text() }) });
    const part = variant({
      body: object({ type: oneOf('body'), value }),
      line: object({ type: oneOf('line'), width: text() }),
    });

    expect(fieldTables(object({ part }))).to.deep.equal([
      {
        rows: [
          ['`part`', 'yes', 'by type: body, line'],
          ['`part.type`', 'yes', '`body` or `line`'],
          ['`part.width`', 'yes, if `part.type` is `line`', 'text'],
        ],
      },
      {
        caption: '`part.type` is `body`',
        rows: [
          ['`part.value`', 'yes', 'by type: a'],
          ['`part.value.type`', 'yes', '`a`'],
          ['`part.value.a`', 'yes, if `part.value.type` is `a`', 'text'],
        ],
      },
    ]);
  });
});
