import type { Client } from '../core/client';
import { scrubberOf } from './scrub';
import { canBeSentAgain } from './content';
import { MAX_REFUSAL, ResponseTooLarge } from './wire';
import type {
  FailedTry,
  TriedRequest,
  WireRequest,
  WireResponse,
} from './wire';
import { readApiError, readRefusal, unreadableResponse } from './api-error';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WhatsAppError } from '../core/errors';
import { unconfirmed } from '../core/errors';
import type { Context, Result, Work } from '../core/operation';
import { isObject } from '../core/values';
import type { Sent } from '../types';
import { interceptors } from './api-request';
import type {
  ApiRequest,
  ApiResponse,
  OutgoingMessage,
  Proceed,
  Runtime,
} from './api-request';
import { readNetworkError } from './network-error';
import {
  dryRun,
  factsOf,
  isIdempotent,
  isJsonType,
  logLine,
  messageFor,
  toWireRequest,
  withoutSearch,
} from './request';
import { readRetryPolicy, waitBeforeRepeat } from './retry-policy';
import { sentBy } from './sent-words';
import { send } from './transport';

/** The network and the clock. */
const live: Runtime = {
  transport: send,
  sleep: milliseconds => sleep(milliseconds),
  random: Math.random,
  now: Date.now,
};

/** Sends a request through the interceptor that is set, if any, and gives the response. */
export function sendRequest(
  client: Client,
  request: ApiRequest,
  runtime: Runtime = live,
): Promise<ApiResponse> {
  const interceptor = interceptors.getStore();
  if (interceptor === undefined) return exchange(client, request, runtime);
  const proceed: Proceed = (request, change = runtime => runtime) =>
    exchange(client, request, change(runtime));
  return interceptor(request, proceed, client);
}

/** Sends a request and reads the response. It is repeated only as far as that is safe. */
async function exchange(
  client: Client,
  request: ApiRequest,
  runtime: Runtime,
): Promise<ApiResponse> {
  const started = runtime.now();
  const wireRequest = toWireRequest(client, request);
  const tried = {
    isIdempotent: isIdempotent(request),
    scrubber: () => scrubberOf(sentBy(client, request)),
  };
  const { response, attempts } = await sendWithRetries(
    wireRequest,
    request,
    tried,
    runtime,
  );
  // Read outside the loop: a response that cannot be read must not lead to a second send.
  const body = readBody(response, request.parseAs, tried);
  return {
    method: request.method,
    path: withoutSearch(wireRequest.path),
    statusCode: response.statusCode,
    statusMessage: response.statusText,
    headers: response.headers,
    duration: runtime.now() - started,
    attempts,
    body,
  };
}

/** Tries until there is a response, or an error that must not be repeated. */
async function sendWithRetries(
  wireRequest: WireRequest,
  request: ApiRequest,
  tried: TriedRequest,
  runtime: Runtime,
): Promise<{ response: WireResponse; attempts: number }> {
  const { retry } = request;
  const log = (result: number | string, started: number, wait?: number) =>
    logLine(runtime, wireRequest, request, result, started, wait);
  // Checked before the first try, and otherwise not made before one has failed.
  if (retry) readRetryPolicy(tried.isIdempotent, retry);
  // A request that may have gone out once stays so, whatever a repetition brings.
  let unsettled: WhatsAppError | undefined;
  for (let attempts = 1; ; attempts++) {
    const leave = runtime.waitForLeave?.();
    if (leave !== undefined) await leave;
    const started = runtime.now();
    const result = await attempt(wireRequest, request, tried, runtime);
    if (!('error' in result)) {
      log(result.statusCode, started);
      return { response: result, attempts };
    }
    const { error } = result;
    if (error.sent === 'maybe') unsettled ??= error;
    const policy = readRetryPolicy(tried.isIdempotent, retry);
    const wait = canBeSentAgain(wireRequest.body)
      ? waitBeforeRepeat(policy, attempts, result, runtime.random())
      : undefined;
    log(error.statusCode ?? error.code, started, wait);
    if (wait === undefined) throw unsettled ?? error;
    await runtime.sleep(wait, result);
  }
}

async function attempt(
  wireRequest: WireRequest,
  { isSuccess = isOk, isPartial }: ApiRequest,
  tried: TriedRequest,
  runtime: Runtime,
): Promise<WireResponse | FailedTry> {
  let response: WireResponse;
  try {
    response = await runtime.transport(wireRequest);
  } catch (cause) {
    return readNetworkError(cause, tried);
  }
  runtime.onResponse?.(response);
  if (isSuccess(response.statusCode)) {
    if (!response.isCut) return response;
    const cut = new ResponseTooLarge(MAX_REFUSAL, response.statusCode);
    return readNetworkError(cut, tried);
  }
  const text = await readRefusal(response, wireRequest.timeout);
  if (isPartial?.(text)) return response;
  return readApiError({ ...response, text }, tried);
}

const isOk = (statusCode: number) => statusCode >= 200 && statusCode < 300;

/** The body of a success, in the form that was asked for. */
function readBody(
  { body, statusCode, headers }: WireResponse,
  parseAs: ApiRequest['parseAs'] = 'json',
  tried: TriedRequest,
): unknown {
  if (!Buffer.isBuffer(body)) return body;
  if (parseAs === 'bytes') return body;
  if (parseAs === 'base64') return body.toString('base64');
  const text = body.toString();
  if (parseAs === 'text') return text;
  if (text === '') return null;
  if (parseAs === 'auto' && !isJsonType(headers)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw unreadableResponse(statusCode, text, tried);
  }
}

/** The work of an operation that builds a message, and sends it. */
export const sendWith =
  <Args extends unknown[]>(
    build: (...args: Args) => OutgoingMessage,
  ): Work<Args> =>
  (context: Context, ...args: Args) =>
    sendMessage(context, build(...args));

/** The same for an answer: its builder also takes the received message on state, and the time. */
export const replyWith =
  <Args extends unknown[]>(
    build: (
      occasion: { received: unknown; now: number },
      ...args: Args
    ) => OutgoingMessage,
  ): Work<Args> =>
  (context, ...args) => {
    const occasion = { received: context.data, now: Date.now() };
    return sendMessage(context, build(occasion, ...args));
  };

/** Sends a message, or shows what would be sent. */
export async function sendMessage(
  context: Context,
  { to, from, body, options }: OutgoingMessage,
): Promise<Result> {
  checkMissing(context, options);
  const { client } = context;
  const request = messageFor(client.withNumber(from), body);
  if (options.dryRun) return { data: dryRun(client, request) };
  // Field by field, as in the transport.
  const response = await sendRequest(client, {
    method: request.method,
    parts: request.parts,
    body: request.body,
    timeout: options.timeout,
    retry: options.retry,
    needsHeaders: false,
  });
  return { data: readSent(to, response.body), response: factsOf(response) };
}

/** Refuses a message with `undefined` in it, unless the job allows it. */
export function checkMissing(
  { refuseMissing }: Context,
  { allowMissing }: { allowMissing?: boolean | undefined },
): void {
  if (!allowMissing) refuseMissing?.();
}

/** What a job needs of Meta's response to a send. */
function readSent(to: string, body: unknown): Sent {
  const message = firstOf(body, 'messages');
  const contact = firstOf(body, 'contacts');
  const messageId = message['id'];
  if (typeof messageId !== 'string') {
    throw unconfirmed('The answer names no message');
  }
  const { wa_id: waId, user_id: userId } = contact;
  const status = message['message_status'];
  return {
    messageId,
    to,
    ...(typeof waId === 'string' && { waId }),
    ...(typeof userId === 'string' && { userId }),
    status: typeof status === 'string' ? status : 'accepted',
  };
}

function firstOf(body: unknown, key: string): Record<string, unknown> {
  const list = isObject(body) ? body[key] : undefined;
  const first = Array.isArray(list) ? (list[0] as unknown) : undefined;
  return isObject(first) ? first : {};
}
