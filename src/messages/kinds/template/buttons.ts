import * as v from 'valibot';
import { maxInAll } from '../../../schema/constraints';
import {
  anyList,
  anyObject,
  id,
  list,
  object,
  oneOf,
  openVariant,
  optional,
  text,
  wholeNumber,
  withRules,
} from '../../../schema/rules';
import type { Rule } from '../../../schema/rules';
import { LIMITS } from '../limits';

// What fills a button of a template, by type.

const { products, sections, sectionTitle } = LIMITS.productList;

const section = object({
  title: optional(text(sectionTitle)),
  product_items: list(object({ product_retailer_id: id() }), 1, products),
});

/** What a button that acts inside WhatsApp needs. */
export const buttonAction = object({
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

export const ttlMinutes = wholeNumber(1, LIMITS.voiceCall.minutes);

const buttonParameters = {
  text: object({ type: oneOf('text'), text: id(LIMITS.template.url) }),
  payload: object({ type: oneOf('payload'), payload: id() }),
  coupon_code: object({
    type: oneOf('coupon_code'),
    coupon_code: id(LIMITS.template.coupon),
  }),
  ttl_minutes: object({ type: oneOf('ttl_minutes'), ttl_minutes: ttlMinutes }),
  action: object({ type: oneOf('action'), action: buttonAction }),
};

const last = LIMITS.template.buttons - 1;

const position: Rule = {
  summary: `0 to ${last}, number or text`,
  isValid: (index: number | string) =>
    typeof index === 'number'
      ? Number.isInteger(index) && index >= 0 && index <= last
      : /^\d$/.test(index) && Number(index) <= last,
  message: `is not the position of a button, 0 to ${last}`,
  fix: 'Count all buttons of the template from 0.',
};

/** The parameters of each `sub_type`. */
const PARAMETER_TYPES: Record<string, readonly string[]> = {
  quick_reply: ['payload', 'text'],
  url: ['text'],
  copy_code: ['coupon_code'],
  flow: ['action'],
  catalog: ['action'],
  mpm: ['action'],
  order_details: ['action'],
  voice_call: ['ttl_minutes', 'payload'],
};

type Button = {
  sub_type: string;
  parameters?: { type: string; action?: { sections?: unknown } }[];
};

const ownParameters: Rule = {
  summary: 'the parameters of its sub_type',
  isValid: ({ sub_type, parameters = [] }: Button) => {
    const parameterTypes = Object.hasOwn(PARAMETER_TYPES, sub_type)
      ? PARAMETER_TYPES[sub_type]
      : undefined;
    return parameters.every(
      ({ type }) =>
        !parameterTypes ||
        parameterTypes.includes(type) ||
        !Object.hasOwn(buttonParameters, type),
    );
  },
  message: 'has a parameter that belongs to another sub_type of button',
  fix: 'Give a url its text, a quick_reply its payload or text, a copy_code its coupon_code, a voice_call its ttl_minutes and payload, and the others their action.',
};

const mpmSections: Rule = {
  summary: 'sections when the sub_type is mpm',
  isValid: ({ sub_type, parameters = [] }: Button) =>
    sub_type !== 'mpm' ||
    parameters.every(({ action }) => !action || action.sections !== undefined),
  message: 'shows several products, but has no sections',
  fix: 'Give its sections, each with its product_items.',
};

/** What fills one button of a template. */
export const buttonComponent = withRules(
  object({
    type: oneOf('button'),
    sub_type: text(),
    index: withRules(v.union([v.number(), v.string()]), position),
    parameters: optional(anyList(openVariant(buttonParameters))),
  }),
  ownParameters,
  mpmSections,
);
