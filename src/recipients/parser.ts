// The only user of libphonenumber-js, with all of its metadata: lengths, the
// first digits of each country, and what is assigned there. Its tables are
// large, so `scripts/build` puts off evaluating this file until one of its
// functions is called.
import {
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/core';
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/max/metadata';

/** A number as the plan of its country sees it. */
export type Parsed = {
  /** With + and country code, digits only. */
  number: string;
  /** Two letters, where the number tells. */
  country: string | undefined;
  /** It has a length that numbers there have. */
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
  const options = {
    ...(isCountry(country) && { defaultCountry: country }),
    extract: false,
  };
  const found = parsePhoneNumberFromString(digits, options, metadata);
  if (found === undefined) return undefined;
  return {
    number: found.number,
    country: found.country,
    isPossible: found.isPossible(),
    isValid: isValid(found),
    isAssigned: found.isValid(),
    isMobile: MOBILE.has(found.getType()),
  };
}

/** Tables name what is assigned today; how numbers of a country begin changes less. */
function isValid(found: PhoneNumber): boolean {
  const { country, nationalNumber } = found;
  if (found.isValid()) return true;
  if (country === undefined || isShared(found)) return false;
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
