import { expect } from 'chai';
import { preview } from '../../../scripts/docs/preview';
import { catalog } from '../../../src/messages/catalog';

describe('preview', () => {
  it('breaks a text between words', () => {
    const [, first, second] = preview('text', {
      body: 'Your visit is tomorrow at nine in the morning.',
    }).split('\n');

    expect(first).to.match(/^│ Your visit is tomorrow at nine in +│$/);
    expect(second).to.match(/^│ the morning. +│$/);
  });

  it('shows the buttons of a message', () => {
    const drawn = preview('interactive', {
      type: 'button',
      body: { text: 'Will you come?' },
      action: {
        buttons: [{ type: 'reply', reply: { id: 'y', title: 'Yes' } }],
      },
    });

    expect(drawn).to.contain('Will you come?');
    expect(drawn).to.match(/│ +Yes +│/);
  });

  it('draws every example in lines of the same width', () => {
    for (const [kind, { examples }] of Object.entries(catalog)) {
      for (const example of examples) {
        const lines = preview(kind, example).split('\n');

        if (kind === 'reaction') continue;
        expect(new Set(lines.map(line => line.length)).size, kind).to.equal(1);
      }
    }
  });
});
