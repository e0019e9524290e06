import { WhatsAppError } from '../core/errors';
import type { RequestOptions } from '../types';

// The option `errors` of 1.x: a status could be made a success or an error by hand.

/** Which statuses are a success, as the job says. */
export function successBy(errors: RequestOptions['errors']) {
  return (statusCode: number) => {
    const isOk = statusCode >= 200 && statusCode < 300;
    if (errors === false) return true;
    const given = errors?.[statusCode];
    if (typeof given === 'boolean') return !given;
    return given === undefined ? isOk : false;
  };
}

/** The job's own words for a status, in the place of ours. */
export function rename(
  error: unknown,
  errors: RequestOptions['errors'],
): never {
  const { statusCode } = error as WhatsAppError;
  const words = errors && statusCode ? errors[statusCode] : undefined;
  if (typeof words !== 'string') throw error;
  throw new WhatsAppError(
    { ...(error as WhatsAppError), description: words },
    error,
  );
}
