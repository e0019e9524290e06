import { isDate, isObject, nameOf } from '../../core/values';
import { text } from '../../schema/rules';
import { flatten } from './one-line';
import { checkTemplate, refuseTemplate } from './refuse';

const LOOK = 'Check the field of state that it comes from';

/**
 * Text for people, made of what a job has: on one line, because WhatsApp
 * refuses line breaks, and only then measured. `at` names it in a refusal.
 */
export function readWords(value: unknown, at: string, max?: number): string {
  const words = flatten(asText(value, at));
  if (words === '') {
    refuseTemplate(
      `${at} is empty, which WhatsApp refuses.`,
      `${LOOK}, or give a word in its place, such as 'unknown'.`,
    );
  }
  checkTemplate(text(max), words, at);
  return words;
}

/** Text for machines, which goes out as written. */
export function readCode(value: unknown, at: string): string {
  const written = asText(value, at);
  checkTemplate(text(), written, at);
  return written;
}

function asText(value: unknown, at: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberAsText(value, at);
  if (typeof value === 'bigint') return String(value);
  if (value === undefined || value === null) {
    return refuseTemplate(
      `${at} is missing.`,
      `${LOOK}; each variable of the template needs a value.`,
    );
  }
  return refuseTemplate(...notText(value, at));
}

function numberAsText(value: number, at: string): string {
  if (!Number.isFinite(value)) {
    refuseTemplate(
      `${at} is the result of a calculation that failed, not a number.`,
      `${LOOK}: part of the calculation is missing.`,
    );
  }
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    refuseTemplate(
      `${at} is a number too long to be exact.`,
      'Keep it as text all the way, between quotes.',
    );
  }
  return String(value);
}

function notText(value: unknown, at: string): [string, string] {
  if (typeof value === 'boolean') {
    return [
      `${at} is true or false, not text.`,
      "Write the word that people shall read, as in $.data.paid ? 'yes' : 'no'.",
    ];
  }
  if (isDate(value)) {
    return [
      `${at} is a Date, which can be written in many ways.`,
      "Write it as people read it, as in state => dateFns.format(state.data.date, 'd MMMM yyyy').",
    ];
  }
  // OpenFn empties Dates, and whatever else is no plain data, from step to step.
  if (isObject(value) && Object.keys(value).length === 0) {
    return [
      `${at} is an empty object.`,
      "If it is a Date, write it as text first, as in '3 May 2027'.",
    ];
  }
  return [
    `${at} is ${nameOf(value)}; it must be text or a number.`,
    `Give ${at} as text.`,
  ];
}
