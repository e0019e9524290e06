import { expect } from 'chai';
import { body, refused, send } from './send-interactive';

const card = (card_index: number, more: object = {}) => ({
  card_index,
  type: 'cta_url',
  header: { type: 'image', image: { id: '2762702990552401' } },
  action: {
    name: 'cta_url',
    parameters: { display_text: 'Open', url: 'https://clinic.example' },
  },
  ...more,
});

const cards = (count: number) =>
  Array.from({ length: count }, (_, index) => card(index));

const carousel = (given: unknown[], more: object = {}) => ({
  type: 'carousel',
  body,
  action: { cards: given },
  ...more,
});

const show = (given: unknown[]) => send(carousel(given));

const refusedShow = (given: unknown[], more?: object) =>
  refused(carousel(given, more));

const replies = (...titles: string[]) => ({
  action: {
    buttons: titles.map(title => ({
      type: 'quick_reply',
      quick_reply: { id: title, title },
    })),
  },
});

describe('a carousel', () => {
  it('has two to ten cards', () => {
    show(cards(2));
    show(cards(10));

    expect(refusedShow(cards(1))).to.contain('has 1 item; 2 to 10 are allowed');
    expect(refusedShow([...cards(10), card(0)])).to.contain('has 11 items');
  });

  it('numbers its cards from 0 to 9, each number once', () => {
    expect(refusedShow([card(0), card(10)])).to.contain('card_index is not');
    expect(refusedShow([card(0), card(-1)])).to.contain('card_index is not');
    expect(refusedShow([card(0), card(0)])).to.contain('the same card_index');
  });

  it('has the same type of header on all cards, picture or video', () => {
    const video = { header: { type: 'video', video: { id: '1' } } };
    const text = { header: { type: 'text', text: 'A' } };

    show([card(0, video), card(1, video)]);
    expect(refusedShow([card(0), card(1, video)])).to.contain('type of header');
    expect(refusedShow([card(0, text), card(1, text)])).to.contain(
      'header.type',
    );
  });

  it('has at most 160 characters and two line breaks on a card', () => {
    const saying = (text: string) => [card(0, { body: { text } }), card(1)];

    show(saying('a\n\nb'));
    expect(refusedShow(saying('a\n\n\nb'))).to.contain(
      'more than 2 line breaks',
    );
    expect(refusedShow(saying('x'.repeat(161)))).to.contain('161 characters');
  });

  it('has a button for an address, or as many to reply with on all cards', () => {
    show([card(0, replies('Yes', 'No')), card(1, replies('Yes', 'No'))]);

    expect(
      refusedShow([card(0, replies('Yes')), card(1, replies('Yes', 'No'))]),
    ).to.contain('number of buttons');
    expect(refusedShow([card(0), card(1, { action: {} })])).to.contain(
      'either name and parameters, or buttons',
    );
    expect(
      refusedShow([card(0), card(1, { action: { name: 'cta_url' } })]),
    ).to.contain('either name and parameters, or buttons');
  });

  it('has no header and no footer around its cards', () => {
    const header = { type: 'text', text: 'A' };

    expect(refusedShow(cards(2), { header })).to.contain(
      'has a header or a footer',
    );
    expect(refusedShow(cards(2), { footer: { text: 'A' } })).to.contain(
      'footer',
    );
  });

  it('may have cards that we do not know', () => {
    const cards = [{ type: 'poll' }, { type: 'poll', header: 1, action: null }];

    expect(show(cards).body['interactive']).to.have.nested.property(
      'action.cards[1].type',
      'poll',
    );
    expect(refusedShow([{ type: 5 }, { type: 'poll' }])).to.contain('.type is');
  });
});
