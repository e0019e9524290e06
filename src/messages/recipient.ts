import { refuse } from '../core/errors';
import { normalize } from '../recipients/normalize';
import { isUserId } from '../recipients/user-id';
import { HOW, readText, RECIPIENT, strangeIn } from '../recipients/written';
import type { SendOptions } from '../types';

const PHONE_NUMBER = /^\+?[0-9 ().-]+$/;
// E.164 has at most 15 digits; the shortest numbers in use with their country code have 7.
const DIGITS = { min: 7, max: 15 };

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
  return { to: to.replaceAll('.', '') };
}

/** A number with + goes out with its digits as given, so that no table can keep it from being sent. */
const isInternational = (to: string) => PHONE_NUMBER.test(to) && to[0] === '+';

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
      `Put + ${digits.startsWith('00') ? 'in the place of the first two zeros when a country code follows them' : 'and the country code in the place of the first zero'}, or give a send the option defaultCountry. ${HOW}`,
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
