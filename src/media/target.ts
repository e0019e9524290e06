import { refuse } from '../core/errors';
import { isObject } from '../core/values';
import { readAddress } from '../graph/address';
import type { ExternalRequest } from '../graph/external-request';
import { readFields } from '../graph/form';
import { readHeaders } from '../graph/headers';
import type { Part } from '../graph/multipart';
import type { DeliveryTarget, DownloadOptions } from '../types';

/** Where a file goes on to. */
export type Target = Pick<
  ExternalRequest,
  'url' | 'method' | 'headers' | 'timeout' | 'retry'
> & {
  /** The name of the file's field in a form, and the parts before it. */
  form?: { name: string; parts: Part[] } | undefined;
};

/** What goes with `to`, beside it or in it. */
export const TARGET_OPTIONS = ['method', 'headers', 'field', 'fields'] as const;

const METHODS = ['PUT', 'POST', 'PATCH'];
/** The options that say where a file goes: `to` may be an object with the others. */
export function readTarget(options: DownloadOptions): Target {
  if (options.as !== undefined && options.as !== null) {
    refuse(
      'INVALID_OPTIONS',
      'The options as and to are both given.',
      'Leave out as: the other system gets the bytes.',
    );
  }
  const { url, method, headers, field, fields } = readTo(options);
  const form = readField(field, fields);
  return {
    url: readAddress(url, 'The option to'),
    method: readMethod(method ?? (form ? 'POST' : 'PUT')),
    headers: readHeaders(headers, THEIRS),
    form,
    timeout: options.timeout,
    retry: options.retry,
  };
}

const FIELDS = ['url', ...TARGET_OPTIONS];

function readTo(options: DownloadOptions): Partial<DeliveryTarget> {
  const { to, method, headers, field, fields } = options;
  if (!isObject(to)) {
    return { url: to as string, method, headers, field, fields };
  }
  const twice = TARGET_OPTIONS.find(
    name => options[name] !== undefined && options[name] !== null,
  );
  const isKnown = Object.keys(to).every(name => FIELDS.includes(name));
  if (twice === undefined && isKnown) return to;
  return refuse(
    'INVALID_OPTIONS',
    twice === undefined
      ? 'The option to has a field that it cannot have.'
      : `The option to is an object, and the option ${twice} stands beside it.`,
    `Write all of it as to: { ${FIELDS.join(', ')} }.`,
  );
}

function readMethod(given: string): string {
  const method = String(given).toUpperCase();
  if (METHODS.includes(method)) return method;
  return refuse(
    'INVALID_OPTIONS',
    'The option method is none that carries a file.',
    `Use one of ${METHODS.join(', ')}.`,
  );
}

function readField(field: unknown, fields: unknown): Target['form'] {
  const parts = readFields(fields);
  const isMissing = field === undefined || field === null;
  if (typeof field === 'string' && field !== '') return { name: field, parts };
  if (isMissing && parts.length === 0) return undefined;
  return refuse(
    'INVALID_OPTIONS',
    isMissing
      ? 'There are fields of a form, but no name for the field of the file.'
      : 'The option field is not the name of a field.',
    "Write it as { field: 'file' }, with the name that the other system wants.",
  );
}

/** The token in this header is the other system's. */
const THEIRS = ['authorization'];
