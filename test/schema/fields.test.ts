import { expect } from 'chai';
import { image } from '../../src/messages/kinds/image';
import { button } from '../../src/messages/kinds/interactive/button';
import { listFields, listRules } from '../../src/schema/fields';

describe('listFields', () => {
  const fieldAt = (path: string) =>
    listFields(button.schema).filter(field => field.path.join('.') === path);

  it('tells what each field needs, says and holds', () => {
    expect(fieldAt('action.buttons.[].reply.title')).to.deep.equal([
      {
        path: ['action', 'buttons', '[]', 'reply', 'title'],
        when: [],
        isRequired: true,
        summaries: ['text, at most 20', 'no space before or after'],
        max: 20,
      },
    ]);
    expect(fieldAt('action.buttons')).to.deep.equal([
      {
        path: ['action', 'buttons'],
        when: [],
        isRequired: true,
        summaries: ['list of 1 to 3', 'each title once', 'each id once'],
        maxItems: 3,
      },
    ]);
    expect(fieldAt('footer')).to.deep.include.members([
      { path: ['footer'], when: [], isRequired: false, summaries: [] },
    ]);
  });

  it('tells which type has a field', () => {
    expect(fieldAt('header.document.filename')[0]?.when).to.deep.equal([
      { path: ['header'], type: 'document' },
    ]);
  });
});

describe('listRules', () => {
  it('tells what is said of a content as a whole', () => {
    expect(listRules(image.schema)).to.deep.equal([
      'exactly one of id and link',
    ]);
  });
});
