import type { Readable } from 'node:stream';
import { refuse, WhatsAppError } from '../core/errors';
import { isObject } from '../core/values';
import { readAddress } from '../graph/address';
import type { ApiResponse } from '../graph/api-request';
import { bodyOf, withinTime } from '../graph/content';
import type { Content } from '../graph/content';
import { sendExternalRequest } from '../graph/external-request';
import type { ExternalRequest } from '../graph/external-request';
import { readFields } from '../graph/form';
import { readHeaders } from '../graph/headers';
import { multipart } from '../graph/multipart';
import type { Part } from '../graph/multipart';
import { timeoutOf } from '../graph/request';
import type { DeliveryTarget, DownloadOptions } from '../types';
import { holdBack } from './checksum';
import type { Expected, VerifiedFile } from './checksum';

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

type Names = { mimeType?: string; filename: string };

const UNKNOWN_TYPE = 'application/octet-stream';

const ROLE = {
  code: 'TARGET_FAILED',
  name: 'The system that the file goes to',
  label: 'to another system',
  fix: 'Check the address, the method and the headers that the job gives.',
  unsure:
    'Look there before you run the job again: it may have the file. With the method PUT, a second one replaces the first.',
};

/** Streams a file on to another system, verifyPieces it on the way. */
export async function forward(
  stream: Readable,
  expected: Expected,
  names: Names,
  { form, ...call }: Target,
): Promise<{ proof: VerifiedFile; answer: ApiResponse }> {
  const { content, proof } = await holdBack(
    piecesOf(stream, call.timeout),
    expected,
  );
  const answer = await sendExternalRequest(
    {
      ...call,
      body: bodyFor(content, names, form, call.headers),
      parseAs: 'text',
    },
    ROLE,
  );
  // An answer that came before the file was whole is no success.
  const found = proof();
  if (found === undefined) throw unread();
  return { proof: found, answer: { ...answer, body: parsed(answer.body) } };
}

function bodyFor(
  content: Content,
  { mimeType = '', filename }: Names,
  form: Target['form'],
  headers: Target['headers'],
) {
  // A person's phone named it; a line break would write further headers.
  const type = /^[\x20-\x7e]+$/.test(mimeType) ? mimeType : UNKNOWN_TYPE;
  // What the job says may be a part of a signature in the address.
  return form === undefined
    ? bodyOf(content, headers?.['content-type'] ?? type)
    : multipart([...form.parts, { name: form.name, filename, type, content }]);
}

/** The pieces of the download; that they break off is told as what it is. */
async function* piecesOf(stream: Readable, timeout?: number) {
  try {
    yield* withinTime(stream, timeoutOf(timeout));
  } catch (cause) {
    throw brokenOff(cause);
  }
}

const brokenOff = (cause: unknown) =>
  new WhatsAppError(
    {
      code: 'DOWNLOAD_FAILED',
      description:
        'The download broke off, so the other system did not get the whole file.',
      fix: 'Run the job again; if it happens often, give a longer timeout.',
      retryable: true,
      sent: 'no',
    },
    cause,
  );

const unread = () =>
  new WhatsAppError({
    code: 'TARGET_FAILED',
    description:
      'The system that the file goes to answered before it had read it.',
    fix: ROLE.fix,
    retryable: false,
    sent: 'no',
  });

/** The answer often names the file that was made; mostly in JSON. */
function parsed(body: unknown): unknown {
  try {
    return JSON.parse(body as string) as unknown;
  } catch {
    return body;
  }
}
