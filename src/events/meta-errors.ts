import type { MetaError } from '../types';
import { isObject } from '../core/values';
import { asNumber } from './fields';
import type { Fields } from './fields';

/** Meta's errors, each code a number. */
export function readErrors(errors: unknown): MetaError[] | undefined {
  if (!Array.isArray(errors)) return undefined;
  const list: unknown[] = errors;
  return list.map(error => (isObject(error) ? readError(error) : { error }));
}

/** An error of Meta's; some providers write its code as text. */
export function readError(error: Fields): MetaError {
  const code = asNumber(error['code']);
  return code === undefined ? error : { ...error, code };
}
