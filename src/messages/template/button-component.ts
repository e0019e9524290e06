import * as v from 'valibot';
import { openVariant } from '../../schema/variants';
import { LIMITS } from '../limits';
import {
  anyList,
  object,
  oneOf,
  optional,
  withRules,
  text,
} from '../../schema/rules';
import type { Rule } from '../../schema/rules';
import { buttonParameters } from './button-parameters';

const last = LIMITS.template.buttons - 1;

const position: Rule = {
  says: `0 to ${last}, number or text`,
  holds: (index: number | string) =>
    typeof index === 'number'
      ? Number.isInteger(index) && index >= 0 && index <= last
      : /^\d$/.test(index) && Number(index) <= last,
  wrong: `is not the position of a button, 0 to ${last}`,
  fix: 'Count all buttons of the template from 0.',
};

/** The parameters of each `sub_type`. */
const OWN: Record<string, readonly string[]> = {
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
  says: 'the parameters of its sub_type',
  holds: ({ sub_type, parameters = [] }: Button) => {
    const own = Object.hasOwn(OWN, sub_type) ? OWN[sub_type] : undefined;
    return parameters.every(
      ({ type }) =>
        !own || own.includes(type) || !Object.hasOwn(buttonParameters, type),
    );
  },
  wrong: 'has a parameter that belongs to another sub_type of button',
  fix: 'Give a url its text, a quick_reply its payload or text, a copy_code its coupon_code, a voice_call its ttl_minutes and payload, and the others their action.',
};

const mpmSections: Rule = {
  says: 'sections when the sub_type is mpm',
  holds: ({ sub_type, parameters = [] }: Button) =>
    sub_type !== 'mpm' ||
    parameters.every(({ action }) => !action || action.sections !== undefined),
  wrong: 'shows several products, but has no sections',
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
