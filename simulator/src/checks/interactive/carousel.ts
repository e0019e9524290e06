import { refuse } from '../../core/errors';
import type { Check, Json } from '../rules';
import { all, byField, list, object, optional, unique } from '../rules';
import { integer, text, words } from '../values';
import { urlAction } from './buttons';
import { body, header, interactiveWith } from './parts';

const fewLines: Check = (value, at) => {
  const breaks = String((value as Json).text).split('\n').length - 1;
  if (breaks > 2) refuse(131009, `Param ${at} may have 2 line breaks at most.`);
};

const common = { card_index: integer(0, 9), type: words() };

const card = byField('type', {
  cta_url: object({
    ...common,
    header: header('image', 'video'),
    body: optional(all(body(160), fewLines)),
    action: urlAction,
  }),
  product: object({
    ...common,
    action: object({ product_retailer_id: text(), catalog_id: text() }),
  }),
});

const alike: Check = (value, at) => {
  const cards = value as { type: string; header?: Json }[];
  const looks = cards.map(each => `${each.type} ${each.header?.type}`);
  if (new Set(looks).size > 1)
    refuse(131009, `All cards in ${at} must have the same type and header.`);
};

const cards = all(
  list(card, 2, 10),
  alike,
  unique((each: Json) => each.card_index, 'card_index'),
);

export const carousel = interactiveWith(object({ cards }), {
  header: undefined,
  footer: undefined,
});
