import { isVersion } from '../core/values';
import type { Base, Client } from '../core/client';
import { isMadeBody, TIMEOUTS_OF_A_FILE } from './content';
import type { WireRequest, WireResponse } from './wire';
import { checkText, toJson } from '../schema/check';
import type { ApiRequest, ApiResponse, Runtime } from './api-request';
import { refuse } from '../core/errors';
import * as onPremises from './on-premises';
import { EDGES } from './words';
import { refusePath } from './url';
import type { Part, Query } from './url';

const ANSWER_TIMEOUT = 30_000;
// Meta's download host refuses requests without one.
const USER_AGENT = 'openfn-language-whatsapp';
const JSON_TYPE = { 'content-type': 'application/json' };

/** The request on the wire. The token is added here and nowhere else. */
export function toWireRequest(
  client: Client,
  request: ApiRequest,
): WireRequest {
  const isOfApi = !request.server && !request.isRaw;
  if (client.isOnPremises && isOfApi) onPremises.checkOffered(request.parts[0]);
  const base = request.server?.base ?? client.base;
  const isJson = isJsonBody(request.body);
  const wireRequest: WireRequest = {
    method: request.method,
    origin: base.origin,
    path:
      pathTo(base, ...request.parts) + searchOf(request.query, request.search),
    headers: Object.assign(
      { 'user-agent': USER_AGENT },
      isJson ? JSON_TYPE : undefined,
      request.headers,
      !isJson && isMadeBody(request.body) ? request.body.headers : undefined,
      authorization(client, request),
    ) as Record<string, string>,
    body: isJson ? toJson(request.body) : asWritten(request.body),
    timeout: timeoutOf(request.timeout),
    connectTimeout: client.connectTimeout,
    tls: request.tls,
    isStreamed: request.parseAs === 'stream',
    maxSize: maxSizeOf(request.maxSize),
    needsHeaders: request.needsHeaders,
  };
  if ((request.parseAs ?? 'json') !== 'json') {
    wireRequest.duration = wireRequest.timeout * TIMEOUTS_OF_A_FILE;
  }
  return wireRequest;
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

/** A message or a read receipt, as the API of the client takes it. */
export type MessageRequest = { method: string; parts: Part[]; body: Body };
type Body = Record<string, unknown>;

/** The request that sends a message. */
export const messageFor = (client: Client, body: Body): MessageRequest =>
  client.isOnPremises ? onPremises.message(body) : postFrom(client, body);

/** What Meta takes below the number. */
export const postFrom = (client: Client, body: Body): MessageRequest => ({
  method: 'POST',
  parts: [client.id('phoneNumberId'), 'messages'],
  body,
});

/** What would be sent, for a job to look at. */
export function dryRun(
  client: Client,
  { method, parts, body }: MessageRequest,
) {
  const path = pathTo(client.base, ...parts);
  return { dryRun: true, method, path, body };
}

/** The facts of an exchange that a job may look at; no headers, which may hold secrets. */
export function factsOf({
  method,
  path,
  statusCode,
  duration,
  attempts,
  body,
}: ApiResponse) {
  return { method, path, statusCode, duration, attempts, body };
}

/** Logs a try in one line, which quotes nothing. */
export function logLine(
  { log = console.log, now }: Runtime,
  { method, path }: WireRequest,
  { server }: ApiRequest,
  result: number | string,
  started: number,
  wait?: number,
): void {
  if (log === false) return;
  const again =
    wait === undefined ? '' : `; trying again in ${Math.ceil(wait / 1000)} s`;
  const label = server?.label ?? labelOf(path);
  log(`${method} ${label} ${result} in ${now() - started} ms${again}`);
}

/** Whether a body is JSON by its type; without one it is, as Meta's are. */
export function isJsonType({
  'content-type': type,
}: WireResponse['headers']): boolean {
  return type === undefined || String(type).includes('application/json');
}
