// The only user of libphonenumber-js, with all of its metadata: lengths, the
// first digits of each country, and what is assigned there. Its tables are
// large, so `scripts/build` puts off evaluating this file until one of its
// functions is called.
import {
  isSupportedCountry,
  Metadata,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/core';
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/max/metadata';

/** A number as the plan of its country sees it. */
type Parsed = {
  /** With + and country code, digits only. */
  number: string;
  /** Two letters, where the number tells. */
  country: string | undefined;
  /** It has a length that numbers there have, and no zero left that is dialed at home only. */
  isPossible: boolean;
  /** It also begins as numbers there begin. */
  isValid: boolean;
  /** It also is one that mobiles, landlines or services there have. */
  isAssigned: boolean;
  /** It is assigned to mobiles, also where these cannot be told from landlines. */
  isMobile: boolean;
};

const MOBILE = new Set<unknown>(['MOBILE', 'FIXED_LINE_OR_MOBILE']);

/** Reads a number with +, or one as it is dialed in `country`. */
export function parse(digits: string, country?: string): Parsed | undefined {
  const parsed = find(digits, country);
  if (parsed === undefined) return undefined;
  return {
    number: parsed.number,
    country: parsed.country,
    isPossible: parsed.isPossible() && !hasTrunkZero(parsed),
    isValid: isValid(parsed),
    isAssigned: parsed.isValid(),
    isMobile: MOBILE.has(parsed.getType()),
  };
}

function find(digits: string, country?: string): PhoneNumber | undefined {
  const options = {
    ...(isCountry(country) && { defaultCountry: country }),
    extract: false,
  };
  return parsePhoneNumberFromString(digits, options, metadata);
}

/** Whether a zero is left of the two of +254 (0)0712 345 678: only one is taken away at a time. */
const hasTrunkZero = ({ number, nationalNumber }: PhoneNumber): boolean =>
  nationalNumber.startsWith('0') && find(number)?.number !== number;

/** The mobile numbers of a calling code, without what is dialed before them at home. */
type Mobiles = { pattern: RegExp; trunk: RegExp | undefined };

// The tables do not change, and the library makes a dozen expressions of them for each number.
const mobiles = new Map<string, Mobiles | undefined>();

/**
 * Whether digits are the calling code and the number of a mobile: then `parse`
 * gives the same digits as assigned, at a hundred times the cost. Where this is
 * false, `parse` has to tell.
 */
export function isMobile(digits: string): boolean {
  for (let length = 1; length <= 3; length++) {
    const code = digits.slice(0, length);
    if (!Object.hasOwn(metadata.country_calling_codes, code)) continue;
    if (!mobiles.has(code)) mobiles.set(code, mobilesOf(code));
    const number = digits.slice(length);
    const { pattern, trunk } = mobiles.get(code) ?? {};
    return pattern?.test(number) === true && trunk?.test(number) !== true;
  }
  return false;
}

/** Of countries that share a code, only the first one is not looked up by its leading digits. */
function mobilesOf(code: string): Mobiles | undefined {
  const countries = metadata.country_calling_codes[code] ?? [];
  const [country] = countries;
  if (country === undefined) return undefined;
  const plan = planOf(country);
  if (countries.length > 1 && plan.leadingDigits()) return undefined;
  // Where both look the same, the tables have the pattern of landlines only.
  const mobile = [plan.type('MOBILE'), plan.type('FIXED_LINE')].find(type =>
    type?.pattern(),
  );
  if (mobile === undefined) return undefined;
  const lengths = mobile.possibleLengths().map(length => `\\d{${length}}`);
  const trunk = plan.nationalPrefixForParsing();
  return {
    pattern: new RegExp(
      `^(?=(?:${lengths.join('|')})$)(?=(?:${plan.nationalNumberPattern()})$)(?:${mobile.pattern()})$`,
    ),
    trunk: trunk ? new RegExp(`^(?:${trunk})`) : undefined,
  };
}

/** What the library's types leave out. */
type Plan = {
  leadingDigits(): string | undefined;
  nationalNumberPattern(): string;
  nationalPrefixForParsing(): string | undefined;
  type(
    name: 'MOBILE' | 'FIXED_LINE',
  ): { pattern(): string; possibleLengths(): number[] } | undefined;
};

function planOf(country: CountryCode): Plan {
  const plans = new Metadata(metadata);
  plans.selectNumberingPlan(country);
  return plans.numberingPlan as unknown as Plan;
}

/** Tables name what is assigned today; how numbers of a country begin changes less. */
function isValid(parsed: PhoneNumber): boolean {
  const { country, nationalNumber } = parsed;
  if (parsed.isValid()) return true;
  if (country === undefined || isShared(parsed)) return false;
  const [, , pattern] = metadata.countries[country] as unknown[];
  return new RegExp(`^(?:${String(pattern)})$`).test(nationalNumber);
}

/** Of a calling code that several countries have, only what is assigned tells which one. */
const isShared = ({ countryCallingCode }: PhoneNumber) =>
  (metadata.country_calling_codes[countryCallingCode]?.length ?? 0) > 1;

/** Whether these two letters, in capitals, are a country with phone numbers. */
export function isCountry(letters: string | undefined): letters is CountryCode {
  return (
    letters !== undefined &&
    isSupportedCountry(letters as CountryCode, metadata)
  );
}
