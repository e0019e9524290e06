import type { Json } from '../../call';
import { refuses } from '../../refusals';
import { long, wrong } from './wrong';

const reply = (id: string, title = id) => ({
  type: 'reply',
  reply: { id, title },
});
const buttons = (...list: Json[]) =>
  wrong('button', i => (i.action.buttons = list));

describe('reply buttons are refused:', () => {
  refuses([
    ['none', buttons(), 131009, '1 to 3'],
    [
      'four',
      buttons(...'abcd'.split('').map(id => reply(id))),
      131009,
      '1 to 3',
    ],
    ['one of no kind', buttons({ type: 'url', reply: {} }), 131009, 'type'],
    [
      'no title',
      buttons({ type: 'reply', reply: { id: 'a' } }),
      131008,
      'title',
    ],
    ['no id', buttons({ type: 'reply', reply: { title: 'a' } }), 131008, 'id'],
    ['a long title', buttons(reply('a', long(21))), 131009, '20'],
    ['a long id', buttons(reply(long(257), 'a')), 131009, '256'],
    [
      'two with one title',
      buttons(reply('a', 'x'), reply('b', 'x')),
      131009,
      'title',
    ],
    [
      'two with one id',
      buttons(reply('a', 'x'), reply('a', 'y')),
      131009,
      'id',
    ],
    [
      'a title with a space around',
      buttons(reply('a', 'Yes ')),
      131009,
      'space',
    ],
  ]);
});
