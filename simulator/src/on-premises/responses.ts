import type { Json } from '../checks/rules';
import type { MetaError } from '../core/errors';

const META = { api_status: 'stable', version: '2.53.0' };

const TITLES: Record<number, string> = {
  1005: 'Access denied',
  1006: 'Resource not found',
  1008: 'Required parameter is missing',
  1009: 'Parameter value is not valid',
  1010: 'Parameter is not required',
};

/** Its own codes for some of the Cloud API's; the others are the same. */
const CODES: Record<number, number> = {
  100: 1010,
  131008: 1008,
  131009: 1009,
  132000: 2000,
  132001: 2001,
};

/** An answer in the form of the On-Premises API. */
export const answer = (body: Json, status = 200): Response =>
  Response.json({ ...body, meta: META }, { status });

/** A refusal in its form. */
export const refusal = (
  status: number,
  code: number,
  details: string,
  title = TITLES[code] ?? 'Error',
): Response => answer({ errors: [{ code, title, details }] }, status);

/** A refusal of the Cloud API in the form of this one. */
export const translated = ({ status, body, message }: MetaError): Response => {
  const { error } = body;
  const code = CODES[error.code] ?? error.code;
  const title = TITLES[code] ?? error.message.replace(/^\(#\d+\) /, '');
  return refusal(status, code, message, title);
};
