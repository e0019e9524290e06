import { renamePath } from '../../src/schema/describe-issue';
import { expect } from 'chai';

describe('renamePath', () => {
  const names = {
    'action.buttons[].reply': 'buttons[]',
    'action.buttons': 'buttons',
    'body.text': 'body',
    '[0]': 'first',
  };

  it('puts the job writer’s word in the place of Meta’s', () => {
    for (const [path, renamed] of [
      ['.action.buttons[1].reply.title', 'buttons[1].title'],
      ['.action.buttons[12].reply', 'buttons[12]'],
      ['.action.buttons[1].type', 'buttons[1].type'],
      ['.action.buttons', 'buttons'],
      ['.body.text', 'body'],
      ['[0].name', 'first.name'],
    ] as const) {
      expect(renamePath(path, names)).to.equal(renamed);
    }
  });

  it('leaves alone what only begins alike, or stands elsewhere', () => {
    for (const path of ['.body.texts', '.body', '.the.body.text', '[1]', '']) {
      expect(renamePath(path, names)).to.equal(undefined);
    }
  });

  it('can name all that is left', () => {
    expect(renamePath('.id', { '': 'media' })).to.equal('media.id');
    expect(renamePath('', { '': 'media' })).to.equal('media');
  });
});
