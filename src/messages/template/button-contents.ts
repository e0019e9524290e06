import { coerce } from '../../schema/check';
import { LIMITS } from '../limits';
import { anyObject, id, object, optional } from '../../schema/rules';
import { action, minutes } from './button-parameters';
import type { Part } from './component';
import { checkTemplate, refuseTemplate } from './refuse';
import { refuseUnknown } from './typed';
import { readCode, readWords } from './words';

// What fills a button, made of what a job gives for it.

const { url, coupon } = LIMITS.template;
const call = object({
  ttl_minutes: optional(minutes),
  payload: optional(id()),
});

export const addressEnd = (content: unknown, at: string): Part[] => [
  { type: 'text', text: readWords(content, at, url) },
];

export const replyPayload = (content: unknown, at: string): Part[] => [
  { type: 'payload', payload: readCode(content, at) },
];

export const couponCode = (content: unknown, at: string): Part[] => [
  { type: 'coupon_code', coupon_code: readWords(content, at, coupon) },
];

export function actionOf(given: unknown, at: string): Part[] {
  const content = coerce(action, given);
  checkTemplate(action, content, at);
  return [{ type: 'action', action: content }];
}

/** The order itself, or Meta's action around it. */
export function orderOf(content: unknown, at: string): Part[] {
  checkTemplate(anyObject(), content, at);
  const isAction = Object.hasOwn(content, 'order_details');
  return actionOf(isAction ? content : { order_details: content }, at);
}

/** Meta has no action here, but a parameter for each. */
export function callOf(given: unknown, at: string): Part[] {
  const content = coerce(call, given);
  checkTemplate(call, content, at);
  refuseUnknown(content, ['ttl_minutes', 'payload'], at);
  const { ttl_minutes, payload } = content;
  const parameters: Part[] = [];
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
