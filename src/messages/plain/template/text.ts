import { isDate, isObject, nameOf } from '../../../core/values';
import { text } from '../../../schema/rules';
import { flatten } from '../../kinds/template/parameters';
import { checkTemplate, refuseTemplate } from './fields';

const CHECK_STATE = 'Check the field of state that it comes from';

/**
 * Text for people, made of what a job has: on one line, because WhatsApp
 * refuses line breaks, and only then measured. `at` names it in a refusal.
 */
export function readSingleLine(
  value: unknown,
  at: string,
  max?: number,
): string {
  const words = flatten(toText(value, at));
  if (words === '') {
    refuseTemplate(
      `${at} is empty, which WhatsApp refuses.`,
      `${CHECK_STATE}, or give a word in its place, such as 'unknown'.`,
    );
  }
  checkTemplate(text(max), words, at);
  return words;
}

/** Text for machines, which goes out as written. */
export function readText(value: unknown, at: string): string {
  const written = toText(value, at);
  checkTemplate(text(), written, at);
  return written;
}

function toText(value: unknown, at: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberToText(value, at);
  if (typeof value === 'bigint') return String(value);
  if (value === undefined || value === null) {
    return refuseTemplate(
      `${at} is missing.`,
      `${CHECK_STATE}; each variable of the template needs a value.`,
    );
  }
  return refuseTemplate(...describeNotText(value, at));
}

function numberToText(value: number, at: string): string {
  if (!Number.isFinite(value)) {
    refuseTemplate(
      `${at} is the result of a calculation that failed, not a number.`,
      `${CHECK_STATE}: part of the calculation is missing.`,
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

function describeNotText(value: unknown, at: string): [string, string] {
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
