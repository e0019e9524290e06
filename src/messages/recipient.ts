import { refuse } from '../core/errors';
import { nameOf } from '../core/values';

const BUSINESS_SCOPED_ID = /^[A-Z]{2}\.(ENT\.)?[0-9A-Za-z]{1,128}$/;
const PHONE_NUMBER = /^\+?[0-9 ().-]+$/;
// E.164 has at most 15 digits; the shortest numbers in use with their country code have 7.
const DIGITS = { min: 7, max: 15 };

const HOW = 'Write the number with + and country code, as in +254 712 345 678.';

/** The recipient as Meta wants it: a number in `to`, a business-scoped user ID in `recipient`. */
export type Recipient = { to: string } | { recipient: string };

/** The recipient, checked as far as a number can be judged without asking WhatsApp. */
export function readRecipient(
  to: unknown,
  recipientType: string | undefined,
): Recipient {
  const text = asText(to);
  if (recipientType === 'group') return { to: text };
  if (BUSINESS_SCOPED_ID.test(text)) return { recipient: text };
  checkNumber(text);
  return { to: text };
}

function asText(to: unknown): string {
  if (typeof to === 'number' && Number.isSafeInteger(to)) return String(to);
  const text = typeof to === 'string' ? to.trim() : undefined;
  if (text) return text;
  return refuse(
    'INVALID_RECIPIENT',
    `The recipient is ${nameOf(text ?? to)}.`,
    `Check the field of state that the number comes from. ${HOW}`,
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
      `Put + and the country code in the place of the first ${digits.startsWith('00') ? 'two zeros' : 'zero'}. ${HOW}`,
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

function strangeIn(text: string): string {
  if (/\p{L}/u.test(text)) return 'has letters in it';
  // Contacts copied from a phone carry marks of writing direction.
  if (/[\p{Cf}\p{Cc}\u00a0]/u.test(text))
    return 'has invisible characters in it';
  return 'has characters that no phone number has';
}
