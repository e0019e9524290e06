import { isObject, nameOf } from '../../core/values';
import { buttonComponent } from './button-component';
import {
  actionOf,
  addressEnd,
  callOf,
  couponCode,
  orderOf,
  replyPayload,
} from './button-contents';
import type { Part } from './component';
import { checkTemplate, refuseTemplate } from './refuse';
import { onlyOne, refuseUnknown } from './typed';

/** How a button is made: Meta's name for it, and what fills it. */
type Making = readonly [
  subType: string,
  parametersOf: (content: unknown, at: string) => Part[],
];

/** By the name that a job gives to what a button needs. */
const MAKING = {
  url: ['url', addressEnd],
  payload: ['quick_reply', replyPayload],
  copy_code: ['copy_code', couponCode],
  flow: ['flow', actionOf],
  catalog: ['catalog', actionOf],
  mpm: ['mpm', actionOf],
  order_details: ['order_details', orderOf],
  voice_call: ['voice_call', callOf],
} as const satisfies Record<string, Making>;

const NAMES = Object.keys(MAKING) as (keyof typeof MAKING)[];

/** The component of one button; `index` counts all buttons of the template. */
export function buttonOf(button: unknown, index: number, at: string): Part {
  if (!isObject(button)) {
    return refuseTemplate(
      `${at} is ${nameOf(button)}; it must be an object.`,
      'Say what it fills: { url: … } the end of an address, { payload: … } a quick reply; null is for a button that needs nothing.',
    );
  }
  const name = onlyOne(button, NAMES, at);
  refuseUnknown(button, [name], at);
  const [subType, parametersOf] = MAKING[name];
  const component = {
    type: 'button',
    sub_type: subType,
    index: String(index),
    parameters: parametersOf(button[name], `${at}.${name}`),
  };
  checkTemplate(buttonComponent, component, at);
  return component;
}
