import { maxInAll } from '../../schema/constraints';
import { LIMITS } from '../limits';
import { wholeNumber } from '../../schema/numbers';
import {
  anyObject,
  id,
  list,
  object,
  oneOf,
  optional,
  withRules,
  text,
} from '../../schema/rules';

// What fills a button of a template, by type.

const { products, sections, sectionTitle } = LIMITS.productList;

const section = object({
  title: optional(text(sectionTitle)),
  product_items: list(object({ product_retailer_id: id() }), 1, products),
});

/** What a button that acts inside WhatsApp needs. */
export const action = object({
  flow_token: optional(id()),
  flow_action_data: optional(anyObject()),
  thumbnail_product_retailer_id: optional(id()),
  sections: optional(
    withRules(
      list(section, 1, sections),
      maxInAll('product_items', 'products', products),
    ),
  ),
  order_details: optional(anyObject()),
});

export const minutes = wholeNumber(1, LIMITS.voiceCall.minutes);

export const buttonParameters = {
  text: object({ type: oneOf('text'), text: id(LIMITS.template.url) }),
  payload: object({ type: oneOf('payload'), payload: id() }),
  coupon_code: object({
    type: oneOf('coupon_code'),
    coupon_code: id(LIMITS.template.coupon),
  }),
  ttl_minutes: object({ type: oneOf('ttl_minutes'), ttl_minutes: minutes }),
  action: object({ type: oneOf('action'), action }),
};
