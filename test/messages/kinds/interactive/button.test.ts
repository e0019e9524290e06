import { expect } from 'chai';
import { LIMITS } from '../../../../src/messages/kinds/limits';
import { body, refused, send, times } from './send-interactive';

describe('limits of reply buttons', () => {
  const reply = (id: string, title: string) => ({
    type: 'reply',
    reply: { id, title },
  });
  const message = (buttons: unknown[]) => ({
    type: 'button',
    body,
    action: { buttons },
  });
  const several = (count: number) =>
    message(times(count, index => reply(`id ${index}`, `Title ${index}`)));

  it('are one to three of them', () => {
    send(several(1));
    send(several(LIMITS.replyButtons.count));

    expect(refused(several(0))).to.equal(
      'message.interactive.action.buttons has 0 items; 1 to 3 are allowed.',
    );
    expect(refused(several(4))).to.contain('has 4 items');
  });

  it('forbid the same title or ID twice', () => {
    expect(refused(message([reply('1', 'Yes'), reply('2', 'Yes')]))).to.contain(
      'the same title twice',
    );
    expect(refused(message([reply('1', 'Yes'), reply('1', 'No')]))).to.contain(
      'the same id twice',
    );
  });

  it('forbid spaces around titles and IDs', () => {
    for (const [id, title] of [
      ['1', 'Yes '],
      ['1', '\nYes'],
      [' 1', 'Yes'],
    ] as const) {
      expect(refused(message([reply(id, title)]))).to.contain('a space');
    }
  });
});
