import { productSections } from '../interactive/products';
import type { Check } from '../rules';
import { byField, list, object, open, optional } from '../rules';
import { integer, oneOf, text, words } from '../values';
import { anyOf, filling, typed } from './parameters';

const DIGITS = Array.from({ length: 10 }, (_, index) => index);

/** Counted from 0 over all buttons of the template. */
const index = oneOf(...DIGITS, ...DIGITS.map(String));

const thumbnail = { thumbnail_product_retailer_id: text() };

const VALUES: Record<string, Check> = {
  url: typed('text', filling(2000)),
  copy_code: typed('coupon_code', filling(20)),
  flow: typed(
    'action',
    object({
      flow_token: optional(text()),
      flow_action_data: optional(open()),
    }),
  ),
  catalog: typed('action', object(thumbnail)),
  mpm: typed('action', object({ ...thumbnail, sections: productSections })),
  order_details: typed('action', object({ order_details: open() })),
};

const TYPES: Record<string, string> = {
  url: 'text',
  copy_code: 'coupon_code',
};

const button = (parameters: Check) =>
  object({ type: words(), sub_type: words(), index, parameters });

/** A button that takes one value; a second is one too many for the template. */
const single = ([subType, value]: [string, Check]): [string, Check] => [
  subType,
  button(list(anyOf({ [TYPES[subType] ?? 'action']: value }), 1, 1, 132000)),
];

const reply = anyOf({
  payload: typed('payload', text()),
  text: typed('text', text()),
});

const call = anyOf({
  ttl_minutes: typed('ttl_minutes', integer(1)),
  payload: typed('payload', words()),
});

// Their parameters are not documented, so any will do.
const undocumented = button(list(open(), 0, Infinity));

export const buttonComponent = byField(
  'sub_type',
  {
    ...Object.fromEntries(Object.entries(VALUES).map(single)),
    quick_reply: button(list(reply, 1, 1, 132000)),
    voice_call: button(list(call, 1, 2, 132000)),
    spm: undocumented,
    order_status: undocumented,
    phone_number: undocumented,
    request_contact_info: undocumented,
  },
  { anyCase: true },
);
