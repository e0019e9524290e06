import { variant } from '../../schema/variants';
import { LIMITS } from '../limits';
import { wholeNumber } from '../../schema/numbers';
import {
  id as identifier,
  list,
  object,
  oneOf,
  optional,
  withRules,
  text,
} from '../../schema/rules';
import type { Rule } from '../../schema/rules';
import {
  idLabel,
  imageHeader,
  label,
  urlButtonParameters,
  videoHeader,
} from './parts';

const { cards, body, lineBreaks } = LIMITS.carousel;
const { count, id, title } = LIMITS.replyButtons;

const fewLines: Rule = {
  says: `at most ${lineBreaks} line breaks`,
  holds: (text: string) => text.split('\n').length <= lineBreaks + 1,
  wrong: `has more than ${lineBreaks} line breaks`,
  fix: 'Take some line breaks away.',
};

type Action = { name?: unknown; parameters?: unknown; buttons?: unknown };

const urlOrReplies: Rule = {
  says: 'either name and parameters, or buttons',
  holds: ({ name, parameters, buttons }: Action) =>
    buttons === undefined
      ? name !== undefined && parameters !== undefined
      : name === undefined && parameters === undefined,
  wrong: 'needs either name and parameters, or buttons',
  fix: "Give name: 'cta_url' and parameters for a button that opens an address, or buttons to reply with.",
};

const cardIndex = () => wholeNumber(0, cards - 1);

const quickReply = object({
  type: oneOf('quick_reply'),
  quick_reply: object({ id: idLabel(id), title: label(title) }),
});

/** A card with a picture or a video, and buttons. */
export const mediaCard = object({
  card_index: cardIndex(),
  type: oneOf('cta_url'),
  header: variant({ image: imageHeader(), video: videoHeader() }),
  body: optional(object({ text: withRules(text(body), fewLines) })),
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
export const productCard = object({
  card_index: cardIndex(),
  type: oneOf('product'),
  action: object({
    product_retailer_id: identifier(),
    catalog_id: identifier(),
  }),
});
