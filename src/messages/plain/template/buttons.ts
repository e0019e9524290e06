import { coerce } from '../../../schema/check';
import { isObject, nameOf } from '../../../core/values';
import { anyObject, id, object, optional } from '../../../schema/rules';
import { LIMITS } from '../../kinds/limits';
import {
  buttonAction,
  buttonComponent,
  ttlMinutes,
} from '../../kinds/template/buttons';
import {
  checkTemplate,
  readOnlyName,
  readSingleLine,
  readText,
  refuseTemplate,
  refuseUnknownFields,
} from './fields';
import type { TemplatePart } from './fields';

const maxButtons = LIMITS.template.buttons;

/** The buttons, by their position; those that need nothing are left out. */
export function buildButtonComponents(
  buttons: unknown,
  at: string,
): TemplatePart[] {
  if (!Array.isArray(buttons)) {
    return refuseTemplate(
      `${at} is ${nameOf(buttons)}, not a list.`,
      'Give a list with one item for each button of the template, as in [{ url: … }].',
    );
  }
  if (buttons.length > maxButtons) {
    refuseTemplate(
      `${at} has ${buttons.length} items; a template has at most ${maxButtons} buttons.`,
      'Give one item for each button of the template, in its order.',
    );
  }
  return buttons.flatMap((button, index) =>
    button === undefined || button === null
      ? []
      : [buildButtonComponent(button, index, `${at}[${index}]`)],
  );
}

/** How a button is made: Meta's name for it, and what fills it. */
type ButtonType = readonly [
  subType: string,
  parametersOf: (content: unknown, at: string) => TemplatePart[],
];

/** By the name that a job gives to what a button needs. */
const BUTTON_TYPES = {
  url: ['url', buildUrlText],
  payload: ['quick_reply', buildPayload],
  copy_code: ['copy_code', buildCouponCode],
  flow: ['flow', buildAction],
  catalog: ['catalog', buildAction],
  mpm: ['mpm', buildAction],
  order_details: ['order_details', buildOrder],
  voice_call: ['voice_call', buildCall],
} as const satisfies Record<string, ButtonType>;

const BUTTON_NAMES = Object.keys(BUTTON_TYPES) as (keyof typeof BUTTON_TYPES)[];

/** The component of one button; `index` counts all buttons of the template. */
function buildButtonComponent(
  button: unknown,
  index: number,
  at: string,
): TemplatePart {
  if (!isObject(button)) {
    return refuseTemplate(
      `${at} is ${nameOf(button)}; it must be an object.`,
      'Say what it fills: { url: … } the end of an address, { payload: … } a quick reply; null is for a button that needs nothing.',
    );
  }
  const name = readOnlyName(button, BUTTON_NAMES, at);
  refuseUnknownFields(button, [name], at);
  const [subType, parametersOf] = BUTTON_TYPES[name];
  const component = {
    type: 'button',
    sub_type: subType,
    index: String(index),
    parameters: parametersOf(button[name], `${at}.${name}`),
  };
  checkTemplate(buttonComponent, component, at);
  return component;
}

// What fills a button, made of what a job gives for it.

const { url, coupon } = LIMITS.template;
const callSchema = object({
  ttl_minutes: optional(ttlMinutes),
  payload: optional(id()),
});

function buildUrlText(content: unknown, at: string): TemplatePart[] {
  return [{ type: 'text', text: readSingleLine(content, at, url) }];
}

function buildPayload(content: unknown, at: string): TemplatePart[] {
  return [{ type: 'payload', payload: readText(content, at) }];
}

function buildCouponCode(content: unknown, at: string): TemplatePart[] {
  return [
    { type: 'coupon_code', coupon_code: readSingleLine(content, at, coupon) },
  ];
}

function buildAction(value: unknown, at: string): TemplatePart[] {
  const content = coerce(buttonAction, value);
  checkTemplate(buttonAction, content, at);
  return [{ type: 'action', action: content }];
}

/** The order itself, or Meta's action around it. */
function buildOrder(content: unknown, at: string): TemplatePart[] {
  checkTemplate(anyObject(), content, at);
  const isAction = Object.hasOwn(content, 'order_details');
  return buildAction(isAction ? content : { order_details: content }, at);
}

/** Meta has no action here, but a parameter for each. */
function buildCall(value: unknown, at: string): TemplatePart[] {
  const content = coerce(callSchema, value);
  checkTemplate(callSchema, content, at);
  refuseUnknownFields(content, ['ttl_minutes', 'payload'], at);
  const { ttl_minutes, payload } = content;
  const parameters: TemplatePart[] = [];
  if (ttl_minutes !== undefined) {
    parameters.push({ type: 'ttl_minutes', ttl_minutes });
  }
  if (payload !== undefined) parameters.push({ type: 'payload', payload });
  if (parameters.length > 0) return parameters;
  return refuseTemplate(
    `${at} has neither ttl_minutes nor payload.`,
    'Give one of them, or write null for a button that needs nothing.',
  );
}
