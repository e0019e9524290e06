// The only user of libphonenumber-js, with its smallest metadata: lengths, and
// the first digits of each country. Its tables are large, so `scripts/build`
// puts off evaluating this file until one of its functions is called.
import {
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/core';
import type { CountryCode } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/min/metadata';

/** A number as the plan of its country sees it. */
export type Parsed = {
  /** With + and country code, digits only. */
  number: string;
  /** It has a length that numbers there have. */
  isPossible: boolean;
  /** It also begins as numbers there begin. */
  isValid: boolean;
};

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
    isPossible: found.isPossible(),
    isValid: found.isValid(),
  };
}

/** Whether these two letters, in capitals, are a country with phone numbers. */
export function isCountry(letters: string | undefined): letters is CountryCode {
  return (
    letters !== undefined &&
    isSupportedCountry(letters as CountryCode, metadata)
  );
}
