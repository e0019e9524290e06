import { expect } from 'chai';
import type { Json } from '../call';
import { useSimulator } from '../call';
import { INTERACTIVE } from '../interactive';
import { KINDS } from '../messages';
import { but } from '../refusals';
import { body, button, header, template, text } from '../templates';

const full = (length: number) => '🌱'.repeat(length);
const within = (kind: string, change: (interactive: Json) => void) =>
  but(INTERACTIVE[kind]!, message => change(message.interactive));
const numbered = (count: number, item: (n: number) => Json) =>
  Array.from({ length: count }, (_, n) => item(n));

// As much of everything as Meta takes; one more is refused elsewhere.
const MOST: Record<string, Json> = {
  text: { type: 'text', text: { body: full(4096) } },
  caption: { type: 'image', image: { id: '1', caption: full(1024) } },
  contacts: {
    type: 'contacts',
    contacts: Array(257).fill(KINDS.contacts!.contacts[0]),
  },
  'places at the end of the world': {
    type: 'location',
    location: { latitude: '-90', longitude: 180 },
  },
  buttons: within('button', i => {
    i.header = { type: 'text', text: full(60), sub_text: full(60) };
    i.body.text = full(1024);
    i.footer.text = full(60);
    i.action.buttons = numbered(3, n => ({
      type: 'reply',
      reply: { id: n + full(255), title: n + full(19) },
    }));
  }),
  rows: within('list', i => {
    i.body.text = full(4096);
    i.action.button = full(20);
    i.action.sections = numbered(10, n => ({
      title: full(24),
      rows: [{ id: n + full(199), title: full(24), description: full(72) }],
    }));
  }),
  'a list of one section, which needs no title': within('list', i => {
    i.action.sections = [{ rows: [{ id: 'a', title: 'x' }] }];
  }),
  link: within('cta_url', i => (i.action.parameters.display_text = full(20))),
  flow: within('flow', i => (i.action.parameters.flow_cta = 'é'.repeat(30))),
  cards: within('carousel', i => {
    i.action.cards = numbered(10, n => ({
      ...i.action.cards[0],
      card_index: n,
      body: { text: `${full(156)}\na\nb` },
    }));
  }),
  products: within('product_list', i => {
    i.action.sections = numbered(10, n => ({
      title: n + full(23),
      product_items: Array(3).fill({ product_retailer_id: 'x' }),
    }));
  }),
  values: template(
    header(text(full(60))),
    body(text(full(1010)), text('four    spaces')),
    button('url', text('u'.repeat(2000))),
    button('copy_code', { type: 'coupon_code', coupon_code: 'C'.repeat(20) }),
  ),
  'a body alone': template(body(text(full(32768)))),
};

describe('a message may be as long as Meta allows:', () => {
  const { send } = useSimulator();
  for (const [story, message] of Object.entries(MOST))
    it(story, async () => {
      const { status, body } = await send(message);

      expect(status, JSON.stringify(body)).to.equal(200);
    });
});
