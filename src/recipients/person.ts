import { parse } from './parser';
import { isUserId } from './recipient';

/** Whether two recipients are the same person, however each of them is written. */
export function isSamePerson(a: unknown, b: unknown): boolean {
  const key = personKey(a);
  return key !== undefined && key === personKey(b);
}

/** What all spellings of a recipient share; undefined when it is none. */
export function personKey(recipient: unknown): string | undefined {
  if (typeof recipient !== 'string' && typeof recipient !== 'number') return;
  const text = String(recipient).trim();
  if (isUserId(text)) return text;
  if (/^-|\p{L}/u.test(text)) return undefined;
  // A zero in brackets is dialed at home only, where the country code is not.
  const digits = text.replace('(0)', '').replace(/\D/g, '').replace(/^00/, '');
  // A number as dialed at home could be one of any country.
  return digits === '' || digits.startsWith('0')
    ? undefined
    : removeOptionalDigits(digits);
}

/** Digits without what some countries add to or leave out of mobile numbers. */
function removeOptionalDigits(digits: string): string {
  // Mexico: a 1 after the country code, in use until 2019.
  if (/^521\d{10}$/.test(digits)) return `52${digits.slice(3)}`;
  // Brazil: a ninth digit since 2016. Numbers that begin with 2 to 5 are no older
  // mobiles but landlines, which are not the same as the mobile with a 9 before.
  if (/^55[1-9]\d9[6-9]\d{7}$/.test(digits)) {
    return digits.slice(0, 4) + digits.slice(5);
  }
  return digits.startsWith('54') ? removeArgentineDigits(digits) : digits;
}

/** Argentina: a 9 after the country code, or at home a 15 after the area code. */
function removeArgentineDigits(digits: string): string {
  if (/^549\d{10}$/.test(digits)) return `54${digits.slice(3)}`;
  if (/^54\d{10}$/.test(digits)) return digits;
  // Area codes have two to four digits, so it takes the tables to find the 15.
  const number = parse(`+${digits}`)?.number ?? '';
  return /^\+549\d{10}$/.test(number) ? `54${number.slice(4)}` : digits;
}

/** A recipient as a log may show it: enough to tell two apart, too little to write to. */
export function mask(recipient: unknown): string {
  const isText = typeof recipient === 'string' || typeof recipient === 'number';
  const text = isText ? String(recipient).trim() : '';
  if (isUserId(text)) return `${text.slice(0, 3)}***${lastOf(text, 10)}`;
  const digits = text.replace(/\D/g, '');
  if (digits.length < 7 || /\p{L}/u.test(text)) return '***';
  const plus = text.startsWith('+') ? '+' : '';
  return `${plus}${digits.slice(0, 3)}***${lastOf(digits, 10)}`;
}

/** The last two characters, but none of a text so short that they would give it away. */
const lastOf = (text: string, minLength: number) =>
  text.length < minLength ? '' : text.slice(-2);
