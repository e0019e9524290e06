import { isObject } from '../core/values';

/** What Meta says of a failure, as far as it says it. */
export type MetaError = {
  code?: number;
  subcode?: number;
  message?: string;
  traceId?: string;
};

/** Meta's error object, however much of it is there. */
export function readMetaError(text: string): MetaError {
  const error = errorIn(text);
  if (error === undefined) return {};
  const data = error['error_data'];
  const details = isObject(data) ? data['details'] : data;
  const message = [
    error['message'] ?? error['title'],
    details ?? error['details'] ?? error['error_user_msg'],
  ]
    .filter(words => typeof words === 'string' && words !== '')
    .join(': ');
  return {
    ...withNumber('code', error['code']),
    ...withNumber('subcode', error['error_subcode']),
    ...(message !== '' && { message }),
    ...withTrace(error['fbtrace_id']),
  };
}

function errorIn(text: string): Record<string, unknown> | undefined {
  try {
    const body: unknown = JSON.parse(text);
    const error = isObject(body) ? partOf(body) : undefined;
    return isObject(error) ? error : undefined;
  } catch {
    return undefined;
  }
}

/** `error` at Meta; the On-Premises API had a list of them, and its hosts may only have `meta`. */
function partOf({ error, errors, meta }: Record<string, unknown>): unknown {
  if (error !== undefined) return error;
  if (Array.isArray(errors)) return errors[0];
  return isObject(meta) ? { message: meta['developer_message'] } : undefined;
}

// Codes come as numbers, and from some servers as text. What else is there must
// not be taken for the code 0, which says that the token has ended.
// Meta's codes have seven digits at most; what is longer is a phone number.
const withNumber = (key: 'code' | 'subcode', value: unknown) =>
  /^-?\d{1,7}$/.test(String(value)) &&
  ['number', 'string'].includes(typeof value)
    ? { [key]: Number(value) }
    : {};

const withTrace = (traceId: unknown) =>
  typeof traceId === 'string' && /^[\w+/=.-]{1,64}$/.test(traceId)
    ? { traceId }
    : {};
