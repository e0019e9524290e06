import { refuse } from '../core/errors';
import { isWamid } from '../core/wamid';
import type { Check } from './rules';
import { asObject } from './rules';

// Meta does not say how it counts; code points are what a person would count.
export const lengthOf = (text: string): number => Array.from(text).length;

export function asString(value: unknown, at: string): string {
  if (typeof value !== 'string')
    refuse(131009, `Param ${at} must be a string.`);
  return value;
}

/** Any string, also an empty one. */
export const words =
  (max = Infinity): Check =>
  (value, at) => {
    const length = lengthOf(asString(value, at));
    if (length > max)
      refuse(131009, `Param ${at} must be at most ${max} characters long.`);
  };

/** A string that says something. */
export const text =
  (max?: number): Check =>
  (value, at) => {
    if (asString(value, at).trim() === '')
      refuse(131008, `The parameter ${at} is empty.`);
    words(max)(value, at);
  };

/** Text of a button or a row: no space before or after it. */
export const label =
  (max?: number): Check =>
  (value, at) => {
    text(max)(value, at);
    const given = asString(value, at);
    if (given !== given.trim())
      refuse(131009, `Param ${at} must not begin or end with a space.`);
  };

export const matching =
  (pattern: RegExp, what: string): Check =>
  (value, at) => {
    if (!pattern.test(asString(value, at)))
      refuse(131009, `Param ${at} must be ${what}.`);
  };

export const oneOf =
  (...known: unknown[]): Check =>
  (value, at) => {
    if (!known.includes(value))
      refuse(131009, `Param ${at} must be one of {${known.join(', ')}}.`);
  };

export const yesOrNo = oneOf(true, false);

export const integer =
  (min: number, max = Number.MAX_SAFE_INTEGER): Check =>
  (value, at) => {
    const fits = typeof value === 'number' && value >= min && value <= max;
    if (!fits || !Number.isInteger(value))
      refuse(131009, `Param ${at} must be an integer from ${min} to ${max}.`);
  };

/** An address that Meta fetches itself. */
export const httpsLink = matching(/^https:\/\/[^\s/]\S*$/i, 'an https URL');

/** An address that a person opens. */
export const webLink = matching(/^https?:\/\/[^\s/]\S*$/i, 'a URL');

export const messageId: Check = (value, at) => {
  if (!isWamid(asString(value, at)))
    refuse(131009, `Param ${at} must be the ID of a message (wamid).`);
};

/** Exactly one of these fields is there. */
export const exactlyOne =
  (...keys: string[]): Check =>
  (value, at) => {
    const given = asObject(value, at);
    const found = keys.filter(key => given[key] !== undefined).length;
    const names = keys.join(', ');
    if (found === 0) refuse(131008, `Param ${at} needs one of {${names}}.`);
    if (found > 1) refuse(131009, `Param ${at} takes only one of {${names}}.`);
  };
