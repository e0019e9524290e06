import { refuse } from '../core/errors';
import { nameOf } from '../core/values';

/** What a refusal calls the number, and under which code it refuses. */
export type Subject = { noun: string; code: string };

export const RECIPIENT: Subject = {
  noun: 'The recipient',
  code: 'INVALID_RECIPIENT',
};

export const HOW =
  'Write the number with + and country code, as in +254 712 345 678.';

/** What gives a country to a number that has none. */
export const GIVE_COUNTRY =
  "give its country: the option defaultCountry: 'KE' of a send or broadcast, or phone.normalize(number, 'KE') anywhere.";

/** A number or an ID as text: data that comes from a spreadsheet has numbers for it. */
export function readText(value: unknown, { noun, code }: Subject): string {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) {
    return String(value);
  }
  const text = typeof value === 'string' ? value.trim() : undefined;
  // With dots taken for what people put between digits, it would be another number.
  if (text && /^\+?\d+\.0$/.test(text)) {
    return refuse(
      code,
      `${noun} ends with .0, as spreadsheets write numbers.`,
      `Take the .0 away, as in state => state.data.phone.replace('.0', ''). ${HOW}`,
    );
  }
  if (text && /^[+-]?\d([.,]\d+)?e\+?\d+$/i.test(text)) {
    return refuse(
      code,
      `${noun} was shortened by a spreadsheet, which lost digits: make its column text.`,
      HOW,
    );
  }
  if (text && !isCalculated(text)) return text;
  return refuse(
    code,
    typeof value === 'number' || text
      ? `${noun} is a number that is negative, has decimals, or is too large.`
      : `${noun} is ${nameOf(text ?? value)}.`,
    `Check the field of state that the number comes from. ${HOW}`,
  );
}

/** With a minus, or with one dot after what is a whole number by itself: calculated, not dialed. */
const isCalculated = (text: string) =>
  /^[-‐-―−]/.test(text) || /^\+?\d{7,}\.\d+$/.test(text);

/** What is wrong with a text that is no number, told without quoting it. */
export function strangeIn(text: string): string {
  if (/^\$|^state\./.test(text)) {
    return 'is a path of state between quotes: take them away';
  }
  if (/\p{L}/u.test(text)) return 'has letters in it';
  // Contacts copied from a phone carry marks of writing direction.
  if (/[\p{Cf}\p{Cc}\u00a0]/u.test(text)) {
    return 'has invisible characters in it';
  }
  return 'has characters that no phone number has';
}
