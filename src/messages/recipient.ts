import { refuse } from '../core/errors';
import { normalize } from '../recipients/normalize';
import { isMobile, parse } from '../recipients/parser';
import { isUserId } from '../recipients/user-id';
import {
  GIVE_COUNTRY,
  HOW,
  readText,
  RECIPIENT,
  strangeIn,
} from '../recipients/written';
import type { SendOptions } from '../types';

const PHONE_NUMBER = /^\+?[ (]*[0-9][0-9 ().-]*$/;
// E.164 has at most 15 digits; the shortest numbers in use with their country code have 7.
const DIGITS = { min: 7, max: 15 };
const ZEROS_IN_BRACKETS = /\(\s*0[\s0]*\)/;

/** The recipient as Meta wants it: a number in `to`, a business-scoped user ID in `recipient`. */
export type Recipient = { to: string } | { recipient: string };

/** The recipient, checked as far as a number can be judged without asking WhatsApp. */
export function readRecipient(
  given: unknown,
  { recipientType, defaultCountry }: SendOptions,
): Recipient {
  const to = readText(given, RECIPIENT);
  if (recipientType === 'group') return { to };
  if (isUserId(to)) return { recipient: to };
  if (defaultCountry !== undefined && !isInternational(to)) {
    return { to: normalize(to, defaultCountry, RECIPIENT) };
  }
  checkNumber(to);
  // Of what people put between digits, the dot is all that WhatsApp does not name as allowed.
  return { to: withoutTrunkZero(to) ?? to.replaceAll('.', '') };
}

/** A number with + goes out with its digits as given, so that no table can keep it from being sent. */
const isInternational = (to: string) => PHONE_NUMBER.test(to) && to[0] === '+';

/**
 * A number without the zero of +254 (0) 712 345 678, which is dialed at home
 * only; undefined when it has none. The tables take 5 ms to load: a number
 * with + needs them only when a zero stands where its country code may end.
 */
function withoutTrunkZero(to: string): string | undefined {
  const given = `+${to.replace(/\D/g, '')}`;
  const mayHaveZero = /^\+\d{1,3}0/.test(given);
  if (!isInternational(to)) {
    if (isMobile(given.slice(1))) return undefined;
    // Refuses what has no country code.
    const number = normalize(to, undefined, RECIPIENT);
    return mayHaveZero && number !== given ? number : undefined;
  }
  if (!mayHaveZero) return undefined;
  const found = parse(given);
  const isKept = found === undefined || found.number === given;
  const isBracketed = ZEROS_IN_BRACKETS.test(to);
  if (isKept && !isBracketed) return undefined;
  // Where the number exists with the zero and without it, nobody can tell who is meant.
  const isClear =
    !isKept || !parse(to.replace(ZEROS_IN_BRACKETS, ''))?.isAssigned;
  if (isClear && (isKept ? found?.isValid : found.isPossible))
    return found?.number;
  return refuse(
    'INVALID_RECIPIENT',
    'The recipient has a zero after the country code, and is not a valid number in that country.',
    `Leave the zero out, and check the other digits. ${HOW}`,
  );
}

function checkNumber(text: string): void {
  if (!PHONE_NUMBER.test(text)) {
    refuse('INVALID_RECIPIENT', `The recipient ${strangeIn(text)}.`, HOW);
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
      HOW,
    );
  }
}
