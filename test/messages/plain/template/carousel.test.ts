import { expect } from 'chai';
import { componentsOf } from './plain';

const cardsOf = (...carousel: unknown[]) =>
  componentsOf(null, { carousel })?.[0]?.['cards'];

const image = { id: '1037543291543636' };
const header = { type: 'header', parameters: [{ type: 'image', image }] };

describe('the carousel of a template', () => {
  it('has cards with header, body and buttons', () => {
    expect(
      componentsOf(null, {
        carousel: [
          {
            header: { image },
            body: ['Boil\nit'],
            buttons: [{ payload: 'boil' }, { url: 'boil' }],
          },
          { header: { image }, body: { way: 'Filter it' } },
        ],
      }),
    ).to.deep.equal([
      {
        type: 'carousel',
        cards: [
          {
            card_index: 0,
            components: [
              header,
              { type: 'body', parameters: [{ type: 'text', text: 'Boil it' }] },
              {
                type: 'button',
                sub_type: 'quick_reply',
                index: '0',
                parameters: [{ type: 'payload', payload: 'boil' }],
              },
              {
                type: 'button',
                sub_type: 'url',
                index: '1',
                parameters: [{ type: 'text', text: 'boil' }],
              },
            ],
          },
          {
            card_index: 1,
            components: [
              header,
              {
                type: 'body',
                parameters: [
                  { type: 'text', text: 'Filter it', parameter_name: 'way' },
                ],
              },
            ],
          },
        ],
      },
    ]);
  });

  it("takes Meta's cards, and counts those without an index", () => {
    const components = [header];

    expect(
      cardsOf({ card_index: 1, components }, { card_index: 0, components }),
    ).to.deep.equal([
      { card_index: 1, components },
      { card_index: 0, components },
    ]);
    expect(cardsOf({ components }, { header: { image } })).to.deep.equal([
      { card_index: 0, components },
      { card_index: 1, components },
    ]);
  });

  it('is left out when there is none', () => {
    expect(componentsOf(null, { carousel: null })).to.equal(undefined);
  });
});
