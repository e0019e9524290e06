import {
  normalize as normalizeNumber,
  PHONE_NUMBER,
} from './recipients/normalize';
import {
  isSamePerson,
  mask as maskRecipient,
  readNumberText,
} from './recipients/recipient';

/**
 * A phone number as WhatsApp wants it: with + and country code, digits only.
 * A number that cannot be one is an error that says what is wrong with it.
 * @public
 * @function
 * @example <caption>Write to a number as it is dialed in Kenya</caption>
 * sendMessage(state => phone.normalize(state.data.phone, 'KE'), 'Hello');
 * @example <caption>Clean a list of patients, each with a country of its own</caption>
 * fn(state => ({
 *   ...state,
 *   patients: state.data.patients.map(patient => ({
 *     ...patient,
 *     phone: phone.normalize(patient.phone, patient.country)
 *   }))
 * }));
 * @param {string|number} number - The number, with any spaces, dashes and brackets.
 * @param {string} country - Optional. Where a number without + is dialed, as two letters such as `KE`. Without it such a number has to begin with its country code.
 * @returns {string} The number, as in `+254712345678`.
 */
export function normalize(number: string | number, country?: string): string {
  const text = readNumberText(number, PHONE_NUMBER);
  return normalizeNumber(text, country, PHONE_NUMBER);
}

/**
 * Whether two recipients are one person. Spaces and the + do not matter, nor
 * does Brazil's ninth digit, Mexico's 1, and Argentina's 9 or 15. A
 * business-scoped user ID is only the same as itself.
 * @public
 * @function
 * @example <caption>Find the patient who wrote</caption>
 * fn(state => ({
 *   ...state,
 *   patient: state.data.patients.find(({ phone: number }) =>
 *     phone.sameRecipient(number, state.data.from)
 *   )
 * }));
 * @param {string} a - A phone number with country code, a WhatsApp ID, or a business-scoped user ID.
 * @param {string} b - Another one.
 * @returns {boolean} Whether they are the same; `false` also for what is no recipient at all.
 */
export function sameRecipient(
  a: string | number | null | undefined,
  b: string | number | null | undefined,
): boolean {
  return isSamePerson(a, b);
}

/**
 * A recipient as a log may show it, such as `+254***78`.
 * @public
 * @function
 * @example <caption>Log who was reached, without the number</caption>
 * fn(state => {
 *   console.log(`Sent to ${phone.mask(state.data.phone)}`);
 *   return state;
 * });
 * @param {string} recipient - A phone number or a business-scoped user ID.
 * @returns {string} Its first characters and the last two.
 */
export function mask(recipient: string | number | null | undefined): string {
  return maskRecipient(recipient);
}
