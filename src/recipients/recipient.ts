import { refuse } from '../core/errors';
import { nameOf } from '../core/values';
import type { SendOptions } from '../types';
import {
  describeInvalid,
  GIVE_COUNTRY,
  HOW_TO_WRITE,
  normalize,
} from './normalize';
import type { Subject } from './normalize';
import { isMobile, parse } from './parser';

const PHONE_NUMBER = /^\+?[ (]*[0-9][0-9 ().-]*$/;
// E.164 has at most 15 digits; the shortest numbers in use with their country code have 7.
const DIGITS = { min: 7, max: 15 };
const ZEROS_IN_BRACKETS = /\(\s*0[\s0]*\)/;

/** The recipient as Meta wants it: a number in `to`, a business-scoped user ID in `recipient`. */
type Recipient = { to: string } | { recipient: string };

/** The recipient, checked as far as a number can be judged without asking WhatsApp. */
export function readRecipient(
  value: unknown,
  { recipientType, defaultCountry }: SendOptions,
): Recipient {
  const to = readNumberText(value, RECIPIENT);
  if (recipientType === 'group') return { to };
  if (isUserId(to)) return { recipient: to };
  if (defaultCountry !== undefined && !isInternational(to)) {
    return { to: normalize(to, defaultCountry, RECIPIENT) };
  }
  checkNumber(to);
  // Of what people put between digits, the dot is all that WhatsApp does not name as allowed.
  return { to: removeTrunkZero(to) ?? to.replaceAll('.', '') };
}

/** A number with + goes out with its digits as given, so that no table can keep it from being sent. */
const isInternational = (to: string) => PHONE_NUMBER.test(to) && to[0] === '+';

/**
 * A number without the zero of +254 (0) 712 345 678, which is dialed at home
 * only; undefined when it has none. The tables take 5 ms to load: a number
 * with + needs them only when a zero stands where its country code may end.
 */
function removeTrunkZero(to: string): string | undefined {
  const digits = `+${to.replace(/\D/g, '')}`;
  const mayHaveZero = /^\+\d{1,3}0/.test(digits);
  if (!isInternational(to)) {
    if (isMobile(digits.slice(1))) return undefined;
    // Refuses what has no country code.
    const number = normalize(to, undefined, RECIPIENT);
    return mayHaveZero && number !== digits ? number : undefined;
  }
  if (!mayHaveZero) return undefined;
  const parsed = parse(digits);
  const isKept = parsed === undefined || parsed.number === digits;
  const isBracketed = ZEROS_IN_BRACKETS.test(to);
  if (isKept && !isBracketed) return undefined;
  // Where the number exists with the zero and without it, nobody can tell who is meant.
  const isClear =
    !isKept || !parse(to.replace(ZEROS_IN_BRACKETS, ''))?.isAssigned;
  if (isClear && (isKept ? parsed?.isValid : parsed.isPossible))
    return parsed?.number;
  return refuse(
    'INVALID_RECIPIENT',
    'The recipient has a zero after the country code, and is not a valid number in that country.',
    `Leave the zero out, and check the other digits. ${HOW_TO_WRITE}`,
  );
}

function checkNumber(text: string): void {
  if (!PHONE_NUMBER.test(text)) {
    refuse(
      'INVALID_RECIPIENT',
      `The recipient ${describeInvalid(text)}.`,
      HOW_TO_WRITE,
    );
  }
  const digits = text.replace(/\D/g, '');
  // No country code begins with 0, so this is a number as dialed at home.
  if (digits.startsWith('0')) {
    refuse(
      'INVALID_RECIPIENT',
      'The recipient begins with 0, so it has no country code.',
      digits.startsWith('00')
        ? `Put + in the place of the first two zeros when a country code follows them; or ${GIVE_COUNTRY}`
        : `Put + and the country code in the place of the zero, as in +254 712 345 678; or ${GIVE_COUNTRY}`,
    );
  }
  if (digits.length < DIGITS.min || digits.length > DIGITS.max) {
    refuse(
      'INVALID_RECIPIENT',
      `The recipient has ${digits.length} digits; a phone number has ${DIGITS.min} to ${DIGITS.max}.`,
      HOW_TO_WRITE,
    );
  }
}

/** Whether a recipient is a business-scoped user ID; with `ENT` it is that of a parent. */
export const isUserId = (recipient: string): boolean =>
  /^[A-Z]{2}\.(ENT\.)?[0-9A-Za-z]{1,128}$/.test(recipient);

const RECIPIENT: Subject = {
  noun: 'The recipient',
  code: 'INVALID_RECIPIENT',
};

/** A number or an ID as text: data that comes from a spreadsheet has numbers for it. */
export function readNumberText(
  value: unknown,
  { noun, code }: Subject,
): string {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) {
    return String(value);
  }
  const text = typeof value === 'string' ? value.trim() : undefined;
  // With dots taken for what people put between digits, it would be another number.
  if (text && /^\+?\d+\.0$/.test(text)) {
    return refuse(
      code,
      `${noun} ends with .0, as spreadsheets write numbers.`,
      `Take the .0 away, as in state => state.data.phone.replace('.0', ''). ${HOW_TO_WRITE}`,
    );
  }
  if (text && /^[+-]?\d([.,]\d+)?e\+?\d+$/i.test(text)) {
    return refuse(
      code,
      `${noun} was shortened by a spreadsheet, which lost digits: make its column text.`,
      HOW_TO_WRITE,
    );
  }
  if (text && !isCalculated(text)) return text;
  return refuse(
    code,
    typeof value === 'number' || text
      ? `${noun} is a number that is negative, has decimals, or is too large.`
      : `${noun} is ${nameOf(text ?? value)}.`,
    `Check the field of state that the number comes from. ${HOW_TO_WRITE}`,
  );
}

/** With a minus, or with one dot after what is a whole number by itself: calculated, not dialed. */
const isCalculated = (text: string) =>
  /^[-‐-―−]/.test(text) || /^\+?\d{7,}\.\d+$/.test(text);

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
