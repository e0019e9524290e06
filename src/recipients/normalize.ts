import { refuse } from '../core/errors';
import { nameOf } from '../core/values';
import { isCountry, isMobile, parse } from './parser';

/** What a refusal calls the number, and under which code it refuses. */
export type Subject = { noun: string; code: string };

export const PHONE_NUMBER: Subject = {
  noun: 'The phone number',
  code: 'INVALID_PHONE_NUMBER',
};

export const HOW_TO_WRITE =
  'Write the number with + and country code, as in +254 712 345 678.';

/** What gives a country to a number that has none. */
export const GIVE_COUNTRY =
  "give its country: the option defaultCountry: 'KE' of a send or broadcast, or phone.normalize(number, 'KE') anywhere.";

// Digits, also Arabic ones, and what people put between them; a minus in front is none of that.
const WRITTEN = /^\+?[\s(]*[\d٠-٩۰-۹][\d٠-٩۰-۹\s()./‐-―-]*$/u;

/**
 * A number with + and country code, digits only. One without + is a number of
 * `country` when that is given, as dialed there; else it has its country code.
 */
export function normalize(
  text: string,
  country: unknown,
  subject: Subject,
): string {
  const digits = readDigits(text, subject);
  const region = readCountry(country);
  if (digits.startsWith('+')) return normalizeInternational(digits, subject);
  if (region !== undefined) return normalizeNational(digits, region, subject);
  return digits.startsWith('00')
    ? normalizeInternational(`+${digits.slice(2)}`, subject)
    : normalizeWithoutPlus(digits, subject);
}

/** Digits, after a + when there was one. What contacts carry unseen is dropped. */
function readDigits(text: string, { noun, code }: Subject): string {
  const visible = text.normalize('NFKC').replace(/[\p{Cf}\p{Cc}]/gu, '');
  if (!WRITTEN.test(visible))
    refuse(code, `${noun} ${describeInvalid(visible)}.`, HOW_TO_WRITE);
  return visible.replace(/[^\d+٠-٩۰-۹]/g, '').replace(/[^\d+]/g, toAscii);
}

/** The two rows of Arabic digits begin at multiples of sixteen. */
const toAscii = (digit: string) => String(digit.charCodeAt(0) % 16);

/**
 * A number without + that has its country code. Digits as dialed at home could
 * be a number of another country, so it has to be one that is assigned there.
 */
function normalizeWithoutPlus(digits: string, { noun, code }: Subject): string {
  if (digits.startsWith('0')) {
    refuse(
      code,
      `${noun} begins with 0, so it has no country code.`,
      `Put + and the country code in the place of the zero, as in +254 712 345 678; or ${GIVE_COUNTRY}`,
    );
  }
  const number = findKnown(digits);
  if (number !== undefined) return number;
  return refuse(
    code,
    `${noun} has no +, and is not a valid number with country code.`,
    `Put + and the country code in front, as in +254 712 345 678; or ${GIVE_COUNTRY} If the country code is there, put + in front.`,
  );
}

function findKnown(digits: string): string | undefined {
  if (isMobile(digits)) return `+${digits}`;
  const parsed = parse(removeMexicanOne(`+${digits}`));
  if (parsed === undefined) return undefined;
  const { number, isAssigned } = parsed;
  const isKnown =
    isAssigned || OTHER_SPELLINGS.some(matches => matches(number));
  return isKnown ? number : undefined;
}

/** What the tables do not have, but WhatsApp does. */
const OTHER_SPELLINGS = [
  // The numbers that Meta gives for tests.
  (number: string) => /^\+1555\d{7}$/.test(number),
  // Brazil's mobiles without their ninth digit, as the ID of many people still is.
  (number: string) =>
    parse(number.replace(/^(\+55\d\d)([6-9]\d{7})$/, '$19$2'))?.isAssigned,
];

/** WhatsApp may know numbers that the tables do not: a possible length is enough. */
function normalizeInternational(
  digits: string,
  { noun, code }: Subject,
): string {
  const parsed = parse(removeMexicanOne(digits));
  if (parsed?.isPossible) return parsed.number;
  return refuse(
    code,
    parsed === undefined
      ? `${noun} has a country code that does not exist, or too few digits.`
      : `${noun} has more or fewer digits than numbers of its country.`,
    `Check its digits. ${HOW_TO_WRITE}`,
  );
}

/** Without country code the first digits are all that tells a wrong number. */
function normalizeNational(
  digits: string,
  country: string,
  subject: Subject,
): string {
  const parsed = parse(removeMexicanOne(digits, country), country);
  // 62 812 345 678 could be a landline as dialed in Indonesia; people with WhatsApp have mobiles.
  const international = parsed?.isMobile ? undefined : parse(`+${digits}`);
  if (international?.isMobile && international.country === country)
    return international.number;
  if (parsed?.isValid) return parsed.number;
  // 00 is dialed before a country code in most countries, but not in all.
  const fromAbroad = /^00[1-9]/.test(digits)
    ? parse(`+${digits.slice(2)}`)
    : null;
  if (fromAbroad?.isValid) return fromAbroad.number;
  return refuse(
    subject.code,
    `${subject.noun} is not one of ${nameOfCountry(country)}.`,
    'Check its digits. If they are right, or of another country, put + and the country code in front.',
  );
}

/** Mexico dropped the 1 of its mobile numbers; WhatsApp still writes it. */
const removeMexicanOne = (digits: string, country = '+') =>
  digits.startsWith('+') || country === 'MX'
    ? digits.replace(/^(\+?52)1(?=\d{10}$)/, '$1')
    : digits;

function readCountry(country: unknown): string | undefined {
  if (country === undefined || country === null) return undefined;
  const letters = typeof country === 'string' ? country.trim() : '';
  const capitals = letters.toUpperCase();
  if (isCountry(capitals)) return capitals;
  return refuse(
    'INVALID_COUNTRY',
    typeof country === 'string'
      ? 'The country is none that has phone numbers.'
      : `The country is ${nameOf(country)}; it must be text.`,
    capitals === 'UK'
      ? "Write it as 'GB'."
      : "Write its two letters, as in 'KE' for Kenya.",
  );
}

const nameOfCountry = (country: string) =>
  new Intl.DisplayNames('en', { type: 'region' }).of(country) ?? country;

/** What is wrong with a text that is no number, told without quoting it. */
export function describeInvalid(text: string): string {
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
