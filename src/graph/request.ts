import type { Base, Client } from '../core/client';
import { isVersion } from '../core/client';
import { refuse } from '../core/errors';
import { isDate, isObject, nameOf } from '../core/values';
import type { Retry } from '../types';
import { TIMEOUTS_OF_A_FILE, isMadeBody } from './content';
import { checkOffered } from './on-premises';
import type { ParseAs, WireRequest } from './wire';
import { EDGES, refusePath } from './url';
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
  const isCall = !call.server && !call.isRaw;
  if (client.isOnPremises && isCall) checkOffered(call.parts[0]);
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
      !isJson && isMadeBody(call.body) ? call.body.headers : undefined,
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

/** A path below the version: `/v25.0/{id}/messages`. */
export function pathTo(base: Base, ...parts: Part[]): string {
  return [base.path, ...parts.map(encodePart)].join('/');
}

/** A path as a log may show it: the words of the API stay, everything else goes. */
export function labelOf(path: string): string {
  const words: string[] = [];
  for (const part of withoutSearch(path).split('/')) {
    if (EDGES.has(part)) words.push(part);
    else if (part !== '' && !isVersion(part)) words.push('*');
  }
  if (words.length > 1 && words[0] === '*') words.shift();
  return words.join('/');
}

/** A path without its query. */
export function withoutSearch(path: string): string {
  const end = path.indexOf('?');
  return end === -1 ? path : path.slice(0, end);
}

/** `?a=1&b=2`, or nothing. Lists and objects are written as JSON, as Meta reads them. */
export function searchOf(query?: Query | null, written = ''): string {
  if (!query && written === '') return '';
  const pairs = Object.entries(query ?? {})
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([key, value]) => [
      textOf(key),
      textOf(typeof value === 'object' ? toJson(value) : value),
    ]);
  const search = new URLSearchParams(pairs as [string, string][]).toString();
  const parts = [written, search].filter(Boolean);
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}

function textOf(value: unknown): string {
  const text = String(value);
  checkText(text);
  return text;
}

/** Nothing in it to encode. */
const PLAIN = /^[\w-]+$/;

function encodePart(part: Part): string {
  const isId = typeof part !== 'string';
  if (!isId && PLAIN.test(part)) return part;
  const text = isId ? part.id : part;
  checkText(text);
  if (!/^\.{0,2}$/.test(text) && (isId || !/[/\\]/.test(text))) {
    return encodeURIComponent(text).replace(/%3A/g, ':');
  }
  return refusePath('has a part that is empty, dots only, or holds a slash');
}

// What goes out must be what the job gave: JSON would drop a Map, write null
// for a calculation that failed, and send half a character that nobody can read.

/** A value as JSON, or an error when JSON would change it. */
export function toJson(value: unknown): string {
  checkJson(value);
  return JSON.stringify(value);
}

function checkJson(value: unknown): void {
  if (typeof value === 'string') return checkText(value);
  if (typeof value === 'number') {
    return Number.isFinite(value) ? undefined : refuseValue('not a number');
  }
  if (Array.isArray(value)) return value.forEach(checkJson);
  if (isObject(value)) {
    for (const name of Object.keys(value)) {
      checkText(name);
      checkJson(value[name]);
    }
    return;
  }
  if (isWritable(value)) return;
  refuseValue(nameOf(value));
}

const SIMPLE = ['boolean', 'undefined'];

/** What JSON writes by itself, such as true, or what says how it is written: a Date. */
const isWritable = (value: unknown) =>
  value === null ||
  SIMPLE.includes(typeof value) ||
  (isDate(value) && !Number.isNaN(value.getTime()));

function refuseValue(what: string): never {
  return refuse(
    'INVALID_ARGUMENT',
    `The request holds a value that is ${what === 'a number' ? 'a BigInt' : what}, which JSON cannot write.`,
    'Write it as text, and check the field of state or the calculation that it comes from.',
  );
}

/** Refuses text with half of a character in it, as `slice` leaves when it cuts an emoji. */
export function checkText(text: string): void {
  if (text.isWellFormed()) return;
  refuse(
    'INVALID_TEXT',
    'A text holds half of a character, such as an emoji that was cut in two.',
    "Cut texts by whole characters, as in [...text].slice(0, 60).join(''), not with slice or substring.",
  );
}
