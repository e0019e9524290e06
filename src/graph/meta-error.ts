import { isObject } from '../core/values';
import type { WireHeaders } from './collector';

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
  const message = [error['message'], details ?? error['error_user_msg']]
    .filter(words => typeof words === 'string' && words !== '')
    .join(': ');
  return {
    ...withNumber('code', error['code']),
    ...withNumber('subcode', error['error_subcode']),
    ...(message !== '' && { message }),
    ...(typeof error['fbtrace_id'] === 'string' && {
      traceId: error['fbtrace_id'],
    }),
  };
}

/** Seconds that the server asks to wait. */
export function retryAfterOf(headers: WireHeaders): number | undefined {
  const value = headers['retry-after'];
  if (typeof value !== 'string') return undefined;
  const seconds = /^\d+$/.test(value)
    ? Number(value)
    : Math.ceil((Date.parse(value) - Date.now()) / 1000);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}

function errorIn(text: string): Record<string, unknown> | undefined {
  try {
    const body: unknown = JSON.parse(text);
    const error = isObject(body) ? body['error'] : undefined;
    return isObject(error) ? error : undefined;
  } catch {
    return undefined;
  }
}

// Codes come as numbers, and from some servers as text.
const withNumber = (key: 'code' | 'subcode', value: unknown) =>
  value !== undefined && value !== null && Number.isFinite(Number(value))
    ? { [key]: Number(value) }
    : {};
