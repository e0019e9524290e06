import { refuse } from '../core/errors';
import { nameOf } from '../core/values';
import { isCountry, parse } from './parser';
import { HOW, readText, strangeIn } from './written';
import type { Subject } from './written';

const NUMBER: Subject = {
  noun: 'The phone number',
  code: 'INVALID_PHONE_NUMBER',
};

// Digits, also Arabic ones, and what people put between them.
const WRITTEN = /^\+?[\d٠-٩۰-۹\s()./‐-―-]+$/u;

/**
 * A number with + and country code, digits only. One without + is a number of
 * `country` when that is given, as dialed there; else it has its country code.
 */
export function normalize(
  value: unknown,
  country?: unknown,
  subject = NUMBER,
): string {
  const digits = digitsOf(readText(value, subject), subject);
  const region = readCountry(country);
  if (digits.startsWith('+')) return international(digits, subject);
  return region === undefined
    ? international(withPlus(digits, subject), subject)
    : national(digits, region, subject);
}

/** Digits, after a + when there was one. What contacts carry unseen is dropped. */
function digitsOf(text: string, { noun, code }: Subject): string {
  const seen = text.normalize('NFKC').replace(/[\p{Cf}\p{Cc}]/gu, '');
  if (!WRITTEN.test(seen)) refuse(code, `${noun} ${strangeIn(seen)}.`, HOW);
  return seen.replace(/[^\d+٠-٩۰-۹]/g, '').replace(/[^\d+]/g, asciiOf);
}

/** The two rows of Arabic digits begin at multiples of sixteen. */
const asciiOf = (digit: string) => String(digit.charCodeAt(0) % 16);

function withPlus(digits: string, { noun, code }: Subject): string {
  const rest = digits.replace(/^00/, '');
  if (!rest.startsWith('0')) return `+${rest}`;
  return refuse(
    code,
    `${noun} begins with 0, so it has no country code.`,
    `Say in which country it is dialed, or put + and the country code in the place of the zero. ${HOW}`,
  );
}

/** WhatsApp may know numbers that the tables do not: a possible length is enough. */
function international(digits: string, { noun, code }: Subject): string {
  const found = parse(withoutMexicanOne(digits));
  if (found?.isPossible) return found.number;
  return refuse(
    code,
    found === undefined
      ? `${noun} has a country code that does not exist, or too few digits.`
      : `${noun} has more or fewer digits than numbers of its country.`,
    `Check its digits. ${HOW}`,
  );
}

/** Without country code the first digits are all that tells a wrong number. */
function national(digits: string, country: string, subject: Subject): string {
  const found = parse(withoutMexicanOne(digits, country), country);
  if (found?.isValid) return found.number;
  // 00 is dialed before a country code in most countries, but not in all.
  const abroad = /^00[1-9]/.test(digits) ? parse(`+${digits.slice(2)}`) : null;
  if (abroad?.isValid) return abroad.number;
  return refuse(
    subject.code,
    `${subject.noun} is not one of ${nameOfCountry(country)}.`,
    'Check its digits. If they are right, or of another country, put + and the country code in front.',
  );
}

/** Mexico dropped the 1 of its mobile numbers; WhatsApp still writes it. */
const withoutMexicanOne = (digits: string, country = '+') =>
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
