import { refuse } from './errors';
import { isDate, isObject, nameOf } from './values';

// What goes out must be what the job gave: JSON would drop a Map, write null
// for a calculation that failed, and send half a character that nobody can read.

/** A value as JSON, or an error when JSON would change it. */
export function toJson(value: unknown): string {
  checkJson(value);
  return JSON.stringify(value);
}

function checkJson(value: unknown): void {
  if (typeof value === 'string') return checkText(value);
  if (typeof value === 'number') {
    return Number.isFinite(value) ? undefined : refuseValue('not a number');
  }
  if (Array.isArray(value)) return value.forEach(checkJson);
  if (isObject(value)) {
    for (const name of Object.keys(value)) {
      checkText(name);
      checkJson(value[name]);
    }
    return;
  }
  if (isWritable(value)) return;
  refuseValue(nameOf(value));
}

const SIMPLE = ['boolean', 'undefined'];

/** What JSON writes by itself, such as true, or what says how it is written: a Date. */
const isWritable = (value: unknown) =>
  value === null ||
  SIMPLE.includes(typeof value) ||
  (isDate(value) && !Number.isNaN(value.getTime()));

function refuseValue(what: string): never {
  return refuse(
    'INVALID_ARGUMENT',
    `The request holds a value that is ${what === 'a number' ? 'a BigInt' : what}, which JSON cannot write.`,
    'Write it as text, and check the field of state or the calculation that it comes from.',
  );
}

/** Refuses text with half of a character in it, as `slice` leaves when it cuts an emoji. */
export function checkText(text: string): void {
  if (text.isWellFormed()) return;
  refuse(
    'INVALID_TEXT',
    'A text holds half of a character, such as an emoji that was cut in two.',
    "Cut texts by whole characters, as in [...text].slice(0, 60).join(''), not with slice or substring.",
  );
}
