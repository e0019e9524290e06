import type { Json } from '../../call';
import { refuses } from '../../refusals';
import { long, wrong } from './wrong';

describe('a carousel is refused for:', () => {
  const cards = (change: (cards: Json[]) => void) =>
    wrong('carousel', i => change(i.action.cards));
  refuses([
    ['one card', cards(list => list.pop()), 131009, '2 to 10'],
    [
      '11 cards',
      cards(list => list.push(...Array(9).fill(list[0]))),
      131009,
      '2 to 10',
    ],
    [
      'an index beyond 9',
      cards(list => (list[1]!.card_index = 10)),
      131009,
      'card_index',
    ],
    [
      'one index twice',
      cards(list => (list[1]!.card_index = 0)),
      131009,
      'card_index',
    ],
    ['a card of no kind', cards(list => (list[0]!.type = 'x')), 131009, 'type'],
    [
      'two kinds of header',
      cards(list => (list[1]!.header = { type: 'video', video: { id: '1' } })),
      131009,
      'same type',
    ],
    [
      'a header of text',
      cards(list => (list[0]!.header = { type: 'text', text: 'x' })),
      131009,
      'header',
    ],
    [
      'a long card',
      cards(list => (list[0]!.body.text = long(161))),
      131009,
      '160',
    ],
    [
      'three line breaks',
      cards(list => (list[0]!.body.text = 'a\nb\nc\nd')),
      131009,
      'line breaks',
    ],
    [
      'a long button',
      cards(list => (list[0]!.action.parameters.display_text = long(21))),
      131009,
      '20',
    ],
    [
      'an outer header',
      wrong('carousel', i => (i.header = { type: 'text', text: 'x' })),
      100,
      '"header"',
    ],
    [
      'an outer footer',
      wrong('carousel', i => (i.footer = { text: 'x' })),
      100,
      '"footer"',
    ],
  ]);
});
