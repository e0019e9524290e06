import { randomBytes } from 'node:crypto';
import { errorFor } from './error-codes';

interface GraphError {
  message: string;
  type: 'OAuthException' | 'GraphMethodException';
  code: number;
  error_subcode?: number;
  error_data?: { messaging_product: 'whatsapp'; details: string };
}

const traceId = () => `A${randomBytes(16).toString('base64url')}`;

/** An answer of Meta that says no: its HTTP status and its JSON. */
export class MetaError extends Error {
  readonly status: number;
  readonly body: { error: GraphError & { fbtrace_id: string } };

  constructor(status: number, error: GraphError) {
    super(error.error_data?.details ?? error.message);
    this.status = status;
    this.body = { error: { ...error, fbtrace_id: traceId() } };
  }
}

/** The error with this code; `details` says what is wrong with this request. */
export const metaError = (
  code: number,
  details: string,
  { subcode, status }: { subcode?: number; status?: number } = {},
): MetaError => {
  const { title, http } = errorFor(code);
  return new MetaError(status ?? http, {
    message: `(#${code}) ${title}`,
    type: 'OAuthException',
    code,
    ...(subcode !== undefined && { error_subcode: subcode }),
    error_data: { messaging_product: 'whatsapp', details },
  });
};

/** Graph's answer for a path or an object that it does not have: 400, not 404. */
export const unsupportedRequest = (method: string, id: string): MetaError =>
  new MetaError(400, {
    message:
      `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' ` +
      'does not exist, cannot be loaded due to missing permissions, or does ' +
      'not support this operation.',
    type: 'GraphMethodException',
    code: 100,
    error_subcode: 33,
  });

export function refuse(code: number, details: string): never {
  throw metaError(code, details);
}
