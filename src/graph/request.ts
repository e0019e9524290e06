import type { Base, Client } from '../core/client';
import { refuse } from '../core/errors';
import { checkText, toJson } from '../core/json';
import type { Retry } from '../types';
import type { ParseAs } from './response';
import { isMadeBody } from './content';
import { checkOffered } from './api-variant';
import type { WireRequest } from './transport';
import { pathTo, searchOf } from './url';
import type { Part, Query } from './url';

/** Where a call goes when it does not go to the API: only a token of its own goes along. */
export type Server = {
  base: Base;
  token?: string | undefined;
  /** How the log calls it, when its path could tell too much. */
  label?: string | undefined;
};

/** What to ask of the API. */
export type ApiRequest = {
  method: string;
  /** Parts of the path below the version. */
  parts: Part[];
  /** The job itself wrote the path. */
  isRaw?: boolean | undefined;
  /** Another server than the API, with a token of its own. */
  server?: Server | undefined;
  /** A user name and a password in the place of the token. */
  login?: { username: string; password: string } | undefined;
  query?: Query | undefined;
  /** A query as the job wrote it, without `?`. */
  search?: string | undefined;
  headers?: Record<string, string> | undefined;
  /** An object goes out as JSON; text, bytes, streams and what is made while it is sent as they are. */
  body?: unknown;
  /** A repetition does no harm. By default so for every method but POST and PATCH. */
  isIdempotent?: boolean | undefined;
  timeout?: number | undefined;
  retry?: Retry | false | undefined;
  parseAs?: ParseAs | undefined;
  /** The most bytes of the answer; reading stops at more. Default 16 MB. */
  maxSize?: number | undefined;
  /** Whether somebody looks at the headers of a success; by default so. */
  needsHeaders?: boolean | undefined;
  tls?: object | undefined;
  /** Whether a status is a success; by default 2xx is. */
  isSuccess?: ((statusCode: number) => boolean) | undefined;
  /** Whether a refusal with this body is an answer all the same, as part of the work was done. */
  isPartial?: ((body: string) => boolean) | undefined;
};

const ANSWER_TIMEOUT = 30_000;
// Meta's download host refuses requests without one.
const USER_AGENT = 'openfn-language-whatsapp';
const JSON_TYPE = { 'content-type': 'application/json' };

/** The request on the wire. The token is added here and nowhere else. */
export function toWireRequest(client: Client, call: ApiRequest): WireRequest {
  if (!call.server && !call.isRaw) checkOffered(client, call.parts);
  const base = call.server?.base ?? client.base;
  const isJson = isJsonBody(call.body);
  const request: WireRequest = {
    method: call.method,
    origin: base.origin,
    path: pathTo(base, ...call.parts) + searchOf(call.query, call.search),
    headers: Object.assign(
      { 'user-agent': USER_AGENT },
      isJson ? JSON_TYPE : undefined,
      call.headers,
      isMadeBody(call.body) ? call.body.headers : undefined,
      authorization(client, call),
    ) as Record<string, string>,
    body: isJson ? toJson(call.body) : asWritten(call.body),
    timeout: timeoutOf(call.timeout),
    connectTimeout: client.connectTimeout,
    tls: call.tls,
    isStreamed: call.parseAs === 'stream',
    maxSize: maxSizeOf(call.maxSize),
    needsHeaders: call.needsHeaders,
  };
  if ((call.parseAs ?? 'json') !== 'json') {
    request.duration = request.timeout * TIMEOUTS_OF_A_FILE;
  }
  return request;
}

function asWritten(body: unknown): WireRequest['body'] {
  if (typeof body === 'string') checkText(body);
  return body as WireRequest['body'];
}

/** The token of the credential is for the API only. */
function authorization(client: Client, { login, server }: ApiRequest) {
  if (login) return { authorization: basic(login) };
  const token = server ? server.token : client.token;
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

const basic = ({ username, password }: NonNullable<ApiRequest['login']>) =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

/** Whether the same request may be made twice. */
export function isIdempotent({ method, isIdempotent }: ApiRequest): boolean {
  return isIdempotent ?? (method !== 'POST' && method !== 'PATCH');
}

/** Whether a body goes out as JSON. */
export function isJsonBody(body: unknown): boolean {
  return (
    typeof body === 'object' &&
    body !== null &&
    !Buffer.isBuffer(body) &&
    !('pipe' in body) &&
    !(Symbol.asyncIterator in body)
  );
}

/** How many time-outs a file may take, from its first piece to its last. */
export const TIMEOUTS_OF_A_FILE = 10;

/** A file as it comes, which may take several time-outs, but not more. */
export async function* withinTime(
  stream: AsyncIterable<Uint8Array>,
  timeout: number | undefined,
): AsyncGenerator<Uint8Array> {
  const end = Date.now() + timeoutOf(timeout) * TIMEOUTS_OF_A_FILE;
  for await (const piece of stream) {
    if (Date.now() > end) throw new Error('The file takes too long.');
    yield piece;
  }
}

/** The most bytes of an answer, checked. */
export function maxSizeOf(maxSize: unknown): number | undefined {
  if (maxSize === undefined || maxSize === null) return undefined;
  if (typeof maxSize === 'number' && maxSize > 0) return maxSize;
  return refuse(
    'INVALID_OPTIONS',
    'The option maxSize is not a number of bytes.',
    'Write it as { maxSize: 5 * 1024 * 1024 } for 5 MB.',
  );
}

/** How long to wait, checked. */
export function timeoutOf(timeout: unknown = ANSWER_TIMEOUT): number {
  if (Number.isFinite(timeout) && Number(timeout) > 0) return Number(timeout);
  return refuse(
    'INVALID_OPTIONS',
    'The option timeout is not a number of milliseconds.',
    'Write it as { timeout: 30000 } for 30 seconds.',
  );
}
