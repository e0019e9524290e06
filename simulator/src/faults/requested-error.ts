import { digitsOf } from '../checks/recipient';
import { isKnownCode } from '../core/error-codes';
import { metaError } from '../core/errors';

/**
 * The error that a number asks for: it begins with 1555 and ends in the code,
 * written with six digits. No such number can be a person's, and the zeros keep
 * invented ones like +1 555 0100 from meaning code 100.
 */
export const requestedError = (to: string) => {
  const [, digits] = /^1555\d*?(\d{6})$/.exec(digitsOf(to)) ?? [];
  const code = Number(digits);
  return digits !== undefined && code >= 100 && isKnownCode(code)
    ? metaError(code, 'Asked for by the number of the recipient.')
    : undefined;
};
