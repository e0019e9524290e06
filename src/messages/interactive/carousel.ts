import type { MediaSource } from '../../types';
import { openVariant } from '../../schema/variants';
import { sameOnAll, unique, withoutFields } from '../../schema/constraints';
import { kind } from '../kind';
import { LIMITS } from '../limits';
import { list, object, oneOf, withRules } from '../../schema/rules';
import { mediaCard, productCard } from './cards';
import { body } from './parts';

const { least, cards } = LIMITS.carousel;

type Card = {
  card_index?: number;
  header?: { type: string };
  action?: { buttons?: readonly unknown[] };
};

const film = (card_index: number, video: MediaSource) => ({
  card_index,
  type: 'cta_url' as const,
  header: { type: 'video' as const, video },
  action: {
    buttons: [
      {
        type: 'quick_reply' as const,
        quick_reply: { id: `seen-${card_index}`, title: 'Watched it' },
      },
    ],
  },
});

const net = (card_index: number) => ({
  card_index,
  type: 'product' as const,
  action: {
    product_retailer_id: `net-${card_index}`,
    catalog_id: '194836987003835',
  },
});

export const carousel = kind({
  summary: 'Two to ten cards side by side: pictures, videos or products.',
  link: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-media-carousel-messages',
  schema: withRules(
    object({
      type: oneOf('carousel'),
      body: body(),
      action: object({
        cards: withRules(
          list(
            openVariant({ cta_url: mediaCard, product: productCard }),
            least,
            cards,
          ),
          unique('card_index', (card: Card) => card.card_index ?? card),
          sameOnAll('type of header', (card: Card) => card.header?.type),
          sameOnAll(
            'number of buttons',
            (card: Card) => card.action?.buttons?.length,
          ),
        ),
      }),
    }),
    withoutFields('header', 'footer'),
  ),
  examples: [
    {
      type: 'carousel',
      body: { text: 'Three ways to give clean water.' },
      action: {
        cards: [
          {
            card_index: 0,
            type: 'cta_url',
            header: {
              type: 'image',
              image: { link: 'https://clinic.example/boil.png' },
            },
            body: { text: 'Boil it' },
            action: {
              name: 'cta_url',
              parameters: {
                display_text: 'How',
                url: 'https://clinic.example/boil',
              },
            },
          },
          {
            card_index: 1,
            type: 'cta_url',
            header: {
              type: 'image',
              image: { id: '2762702990552401' },
            },
            action: {
              name: 'cta_url',
              parameters: {
                display_text: 'How',
                url: 'https://clinic.example/filter',
              },
            },
          },
        ],
      },
    },
    {
      type: 'carousel',
      body: { text: 'Which of these films have you watched?' },
      action: {
        cards: [
          film(0, { id: '1166846181421424' }),
          film(1, { link: 'https://clinic.example/filter.mp4' }),
        ],
      },
    },
    {
      type: 'carousel',
      body: { text: 'The nets that we have.' },
      action: { cards: [net(0), net(1), net(2)] },
    },
  ],
});
