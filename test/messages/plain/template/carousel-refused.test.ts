import { PRIVATE, refusesOptions } from './plain';

const image = { id: '1037543291543636' };

describe('the carousel of a template is refused when', () => {
  const refuses = (carousel: unknown, description: string, fix?: RegExp) =>
    refusesOptions({ carousel }, description, fix);

  it('it is no list of objects', () => {
    refuses(
      { header: PRIVATE },
      'carousel is an object, not a list.',
      /as in \[/,
    );
    refuses([PRIVATE], 'carousel[0] is text; it must be an object.');
    refuses(
      [{ header: { image } }, null],
      'carousel[1] is null; it must be an object.',
      /\{ header, body, buttons \}/,
    );
  });

  it('it has no card, or more than ten', () => {
    refuses([], 'carousel has 0 items; 1 to 10 are allowed.');
    refuses(
      Array(11).fill({ header: { image } }),
      'carousel has 11 items; a template has at most 10 cards.',
    );
  });

  it('a card has a field that is not known', () => {
    refuses(
      [{ values: [PRIVATE] }],
      "carousel[0] has a field 'values' that is not known there.",
      /known are header, body, buttons/,
    );
    refuses(
      [{ components: [], header: { image } }],
      "carousel[0] has a field 'header' that is not known there.",
      /known are card_index, components/,
    );
  });

  it('a part of a card is wrong, told by its place', () => {
    refuses(
      [{ body: [PRIVATE] }, { body: [PRIVATE, null] }],
      'Value 2 of carousel[1] is missing.',
    );
    refuses(
      [{ header: { image: { ...image, filename: PRIVATE } } }],
      'carousel[0].header.image has a filename, which is not allowed here.',
    );
    refuses(
      [{ buttons: [null, { url: '' }] }],
      'carousel[0].buttons[1].url is empty, which WhatsApp refuses.',
    );
  });

  it('the body of a card is too long', () => {
    refuses(
      [{ body: ['x'.repeat(161)] }],
      'Value 1 of carousel[0] has 161 characters; at most 160 are allowed.',
    );
    refuses(
      [{ body: ['x'.repeat(160), PRIVATE] }],
      'The body of carousel[0] has more than 160 characters in all, which is the maximum.',
    );
  });

  it("one of Meta's cards is not as Meta has it", () => {
    refuses(
      [{ card_index: 12, components: [] }],
      'carousel[0].card_index is not a whole number from 0 to 9.',
    );
    refuses(
      [{ card_index: 1, components: [] }, { components: [] }],
      'carousel has the same card_index twice.',
    );
    refuses(
      [{ components: [{ type: 'body', parameters: [{ type: 'text' }] }] }],
      'carousel[0].components[0].parameters[0].text is missing.',
    );
  });
});
