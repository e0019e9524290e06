import { sameOnAll, unique, withoutFields } from '../../../schema/constraints';
import {
  id as identifier,
  list,
  object,
  oneOf,
  openVariant,
  optional,
  text,
  variant,
  wholeNumber,
  withRules,
} from '../../../schema/rules';
import type { Rule } from '../../../schema/rules';
import type { MediaSource } from '../../../types';
import { defineKind } from '../kind';
import { LIMITS } from '../limits';
import {
  body,
  choiceId,
  imageHeader,
  label,
  urlButtonParameters,
  videoHeader,
} from '../fields';

const limits = LIMITS.carousel;
const { count, id, title } = LIMITS.replyButtons;

const limitedLineBreaks: Rule = {
  summary: `at most ${limits.lineBreaks} line breaks`,
  isValid: (text: string) => text.split('\n').length <= limits.lineBreaks + 1,
  message: `has more than ${limits.lineBreaks} line breaks`,
  fix: 'Take some line breaks away.',
};

type Action = { name?: unknown; parameters?: unknown; buttons?: unknown };

const urlOrReplies: Rule = {
  summary: 'either name and parameters, or buttons',
  isValid: ({ name, parameters, buttons }: Action) =>
    buttons === undefined
      ? name !== undefined && parameters !== undefined
      : name === undefined && parameters === undefined,
  message: 'needs either name and parameters, or buttons',
  fix: "Give name: 'cta_url' and parameters for a button that opens an address, or buttons to reply with.",
};

const cardIndex = () => wholeNumber(0, limits.cards - 1);

const quickReply = object({
  type: oneOf('quick_reply'),
  quick_reply: object({ id: choiceId(id), title: label(title) }),
});

/** A card with a picture or a video, and buttons. */
const mediaCard = object({
  card_index: cardIndex(),
  type: oneOf('cta_url'),
  header: variant({ image: imageHeader(), video: videoHeader() }),
  body: optional(
    object({ text: withRules(text(limits.body), limitedLineBreaks) }),
  ),
  action: withRules(
    object({
      name: optional(oneOf('cta_url')),
      parameters: optional(urlButtonParameters()),
      buttons: optional(list(quickReply, 1, count)),
    }),
    urlOrReplies,
  ),
});

/** A card with a product of a catalog. */
const productCard = object({
  card_index: cardIndex(),
  type: oneOf('product'),
  action: object({
    product_retailer_id: identifier(),
    catalog_id: identifier(),
  }),
});

type Card = {
  card_index?: number;
  header?: { type: string };
  action?: { buttons?: readonly unknown[] };
};

const videoExample = (card_index: number, video: MediaSource) => ({
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

const productExample = (card_index: number) => ({
  card_index,
  type: 'product' as const,
  action: {
    product_retailer_id: `net-${card_index}`,
    catalog_id: '194836987003835',
  },
});

export const carousel = defineKind({
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
            limits.minCards,
            limits.cards,
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
          videoExample(0, { id: '1166846181421424' }),
          videoExample(1, { link: 'https://clinic.example/filter.mp4' }),
        ],
      },
    },
    {
      type: 'carousel',
      body: { text: 'The nets that we have.' },
      action: {
        cards: [productExample(0), productExample(1), productExample(2)],
      },
    },
  ],
});
