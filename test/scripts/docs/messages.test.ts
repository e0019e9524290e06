import { expect } from 'chai';
import { messagesPage } from '../../../scripts/docs/messages';
import { defineKind } from '../../../src/messages/kinds/kind';
import { object, text } from '../../../src/schema/rules';

const note = defineKind({
  summary: 'A short note.',
  link: 'https://meta.example/note',
  schema: object({ body: text(10) }),
  examples: [{ body: 'Hello' }],
  canQuote: false,
  isForGroups: true,
});

describe('messagesPage', () => {
  let page = '';

  before(async () => {
    const kinds = { note, interactive: note };

    page = await messagesPage('docs/messages.md', kinds, { list: note });
  });

  it('lists each kind with its summary', () => {
    expect(page).to.match(/\| \[`note`\]\(#note\) +\| A short note. \|/);
    expect(page).to.match(
      /\| \[`list`\]\(#interactive-list\) +\| A short note. \|/,
    );
  });

  it('describes each field', () => {
    expect(page).to.include('| `body` | yes    | text, at most 10 |');
  });

  it('says where a kind stands back', () => {
    expect(page).to.include('It cannot quote a message.');
    expect(page).to.include('Only groups take it.');
  });

  it('shows the examples as a job would give them', () => {
    expect(page).to.include('{ "note": { "body": "Hello" } }');
    expect(page).to.include('{ "interactive": { "body": "Hello" } }');
  });

  it('draws what a person sees', () => {
    expect(page).to.include('```text\n┌');
  });

  it('leads from the kind interactive to its types', () => {
    expect(page).to.include(
      '## interactive\n\nA short note.\n\nSee [Interactive messages](#interactive-messages).\n',
    );
    expect(page).to.include('\n### interactive list\n');
  });
});
