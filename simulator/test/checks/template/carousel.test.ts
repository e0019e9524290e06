import type { Json } from '../../call';
import { but, refuses } from '../../refusals';
import { body, text, TEMPLATES } from '../../templates';

const carousel = (change: (cards: Json[]) => void) =>
  but(TEMPLATES['a carousel']!, message =>
    change(message.template.components[0].cards),
  );

describe('the carousel of a template is refused for:', () => {
  refuses([
    ['no cards', carousel(cards => cards.splice(0)), 132000, '1 to 10'],
    [
      '11 cards',
      carousel(cards => cards.push(...Array(9).fill(cards[0]))),
      132000,
      '10',
    ],
    [
      'a card beyond 9',
      carousel(cards => (cards[0]!.card_index = 10)),
      131009,
      'card_index',
    ],
    [
      'an empty card',
      carousel(cards => (cards[0]!.components = [])),
      131009,
      'components',
    ],
    [
      'a card without index',
      carousel(cards => delete cards[0]!.card_index),
      131008,
      'card_index',
    ],
    [
      'a carousel in a card',
      carousel(
        cards => (cards[0]!.components = [{ type: 'carousel', cards: [] }]),
      ),
      131009,
      'type',
    ],
    [
      'a line break in a card',
      carousel(cards => (cards[0]!.components[1] = body(text('a\nb')))),
      132018,
      'new-line',
    ],
  ]);
});
