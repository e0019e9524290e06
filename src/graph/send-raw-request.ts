import type { Client } from '../core/client';
import { isStream } from './content';
import { FORMS } from './wire';
import { sendRequest } from './send-request';
import { isJsonBody, labelOf } from './request';
import { WhatsAppError, refuse } from '../core/errors';
import { log } from '../core/log';
import type { Context, Result } from '../core/operation';
import { isObject, nameOf } from '../core/values';
import type { RequestOptions } from '../types';
import type { ApiRequest, ApiResponse } from './api-request';
import { readHeaders } from './headers';
import { readForm } from './form';
import { multipart } from './multipart';
import { splitPath } from './url';
import type { Part } from './url';
import { readOptions } from '../core/arguments';

const OPTIONS = [
  'query',
  'headers',
  'body',
  'form',
  'files',
  'parseAs',
  'maxSize',
  'timeout',
  'debug',
  'retry',
  'errors',
  'tls',
  'allowMissing',
];

/** Any request to the API, as careful as a send when it POSTs. */
export async function sendRawRequest(
  { client, refuseMissing }: Context,
  method: unknown,
  path: unknown,
  body: unknown,
  given: unknown,
): Promise<Result> {
  const options = readRequestOptions(given);
  const call = callOf(client, method, path, body, options);
  if (isMessage(call) && options.allowMissing !== true) refuseMissing?.();
  const answer = await sendRequest(client, call).catch(error =>
    rename(error, options.errors),
  );
  if (options.debug) logSizes(call, answer);
  const { body: data, ...response } = answer;
  // As in 1.x, but without the query, which may hold a secret.
  const url = client.base.origin + response.path;
  return { data, response: { url, ...response } };
}

/** A message that a person reads; JSON that the job made has `null` in it by right. */
const isMessage = ({ method, parts, body }: ApiRequest) =>
  method === 'POST' && parts.at(-1) === 'messages' && typeof body !== 'string';

function callOf(
  client: Client,
  method: unknown,
  path: unknown,
  body: unknown,
  options: RequestOptions,
): ApiRequest {
  const { parts, search } = splitPath(path);
  const isAtVersion = (path as string).startsWith('/');
  const { query, timeout, retry, parseAs, maxSize, tls, errors } = options;
  return {
    method: readMethod(method),
    parts: placeOf(client, isAtVersion, parts),
    isRaw: true,
    search,
    ...contentOf(options.body ?? body, options),
    query,
    timeout,
    retry,
    parseAs,
    maxSize,
    tls,
    isSuccess: successBy(errors),
  };
}

/** The body, and the headers that tell its form. */
function contentOf(body: unknown, options: RequestOptions) {
  const headers = readHeaders(options.headers);
  const { form, files } = options;
  if (isGiven(form) || isGiven(files)) {
    if (isGiven(body)) {
      refuse(
        'INVALID_OPTIONS',
        'The request has a body, and form or files as well.',
        'Put everything into form and files, or everything into the body.',
      );
    }
    // Only the form itself knows its boundary.
    delete headers['content-type'];
    return { body: multipart(readForm(form, files)), headers };
  }
  if (!isGiven(body)) return { headers };
  return {
    body:
      typeof body === 'number' || typeof body === 'boolean'
        ? String(body)
        : body,
    headers: { 'content-type': contentTypeOf(body), ...headers },
  };
}

const isGiven = (value: unknown) => value !== undefined && value !== null;

const contentTypeOf = (body: unknown) =>
  Buffer.isBuffer(body) || isStream(body)
    ? 'application/octet-stream'
    : 'application/json';

function readRequestOptions(given: unknown): RequestOptions {
  const options = readOptions<RequestOptions>(given, OPTIONS);
  const { parseAs, query } = options;
  if (parseAs !== undefined && !FORMS.includes(parseAs)) {
    refuse(
      'INVALID_OPTIONS',
      'The option parseAs has a value that it cannot have.',
      `Use one of ${FORMS.join(', ')}.`,
    );
  }
  if (isGiven(query) && !isObject(query)) {
    refuse(
      'INVALID_OPTIONS',
      `The option query is ${nameOf(query)}, not an object.`,
      "Write it as { name: 'value' }; text goes into the path, after a question mark.",
    );
  }
  return options;
}

// It stands in every line of the log, so it is one of these and nothing else.
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

function readMethod(method: unknown): string {
  const name = typeof method === 'string' ? method.toUpperCase() : '';
  if (METHODS.includes(name)) return name;
  return refuse(
    'INVALID_REQUEST',
    `The method is ${nameOf(method) === 'text' ? 'no HTTP method' : nameOf(method)}.`,
    "Use 'GET', 'POST', 'PUT', 'PATCH' or 'DELETE'.",
  );
}

function logSizes(call: ApiRequest, answer: ApiResponse): void {
  const received = answer.headers['content-length'] ?? 'unknown';
  log(
    `debug: ${call.method} ${labelOf(answer.path)}, ${sizeOf(call.body)} bytes sent, ${received} bytes received, ${answer.attempts} tries`,
  );
}

function sizeOf(body: unknown): number | string {
  if (body === undefined) return 0;
  if (typeof body === 'string' || Buffer.isBuffer(body)) {
    return Buffer.byteLength(body);
  }
  return isJsonBody(body)
    ? Buffer.byteLength(JSON.stringify(body))
    : 'an unknown number of';
}

// The option `errors` of 1.x: a status could be made a success or an error by hand.

/** Which statuses are a success, as the job says. */
function successBy(errors: RequestOptions['errors']) {
  return (statusCode: number) => {
    const isOk = statusCode >= 200 && statusCode < 300;
    if (errors === false) return true;
    const given = errors?.[statusCode];
    if (typeof given === 'boolean') return !given;
    return given === undefined ? isOk : false;
  };
}

/** The job's own words for a status, in the place of ours. */
function rename(error: unknown, errors: RequestOptions['errors']): never {
  const { statusCode } = error as WhatsAppError;
  const words = errors && statusCode ? errors[statusCode] : undefined;
  if (typeof words !== 'string') throw error;
  throw new WhatsAppError(
    { ...(error as WhatsAppError), description: words },
    error,
  );
}

/** The parts of a path that a job wrote: at the version with a leading slash, else below the number. */
function placeOf(client: Client, isAtVersion: boolean, parts: Part[]): Part[] {
  if (!isAtVersion) return [...client.numberParts, ...parts];
  const [first] = parts;
  const isAlone = parts.length === 1 && typeof first === 'string';
  if (isAlone && OF_NUMBER.has(first) && !client.isOnPremises) {
    refuse(
      'INVALID_PATH',
      `With its leading slash, the path /${first} is not below the phone number.`,
      `Write '${first}', without the slash.`,
    );
  }
  return parts;
}

/** What stands below a number only; jobs of 1.x wrote a slash before it. */
const OF_NUMBER = new Set(['messages', 'media']);
