import type { Client } from '../core/client';
import type { WhatsAppError } from '../core/errors';
import { log } from '../core/log';
import { readResponse } from './response';
import { isIdempotent, toWireRequest } from './request';
import type { ApiRequest } from './request';
import { ResponseTooLarge, MAX_REFUSAL } from './collector';
import { readNetworkError } from './network-error';
import { currentInterceptor } from './interceptor';
import type { Proceed } from './interceptor';
import { canBeSentAgain } from './content';
import { readApiError } from './api-error';
import type { FailedTry, TriedRequest } from './api-error';
import { readRetryPolicy, waitBeforeRepeat } from './retry-policy';
import type { WireResponse, WireRequest } from './transport';
import { labelOf, withoutSearch } from './url';
import { live } from './runtime';
import type { ApiResponse, Runtime } from './runtime';

export type { ApiResponse, Runtime } from './runtime';

/** Exchanges a call for its answer, through the interceptor around it, if there is one. */
export function sendRequest(
  client: Client,
  call: ApiRequest,
  runtime: Runtime = live,
): Promise<ApiResponse> {
  const interceptor = currentInterceptor();
  if (interceptor === undefined) return exchangeIn(runtime, client, call);
  const proceed: Proceed = (call, alter = runtime => runtime) =>
    exchangeIn(alter(runtime), client, call);
  return interceptor(call, proceed, client);
}

/** Exchanges a call for its answer, repeated only as far as that is safe. */
async function exchangeIn(
  runtime: Runtime,
  client: Client,
  call: ApiRequest,
): Promise<ApiResponse> {
  const started = runtime.now();
  const request = toWireRequest(client, call);
  const tried = {
    isIdempotent: isIdempotent(call),
    sent: () => sentBy(client, call),
  };
  const { answer, attempts } = await persist(request, call, tried, runtime);
  // Read outside what is repeated: an answer that cannot be read must not lead to a second send.
  const body = readResponse(answer, call.parseAs, tried);
  return {
    method: call.method,
    path: withoutSearch(request.path),
    statusCode: answer.statusCode,
    statusMessage: answer.statusText,
    headers: answer.headers,
    duration: runtime.now() - started,
    attempts,
    body,
  };
}

/** All that a request carries, and all that its operation was given. It is looked into when the request has failed. */
export const sentBy = (client: Client, call: ApiRequest): unknown[] => [
  call.body,
  { parts: call.parts, query: call.query, search: call.search },
  call.headers,
  call.server?.base,
  call.server?.token,
  call.login,
  client.secrets,
  // Even what is not in this request: another one of the operation may have carried it.
  { type: client.args },
];

/** Tries until there is an answer, or a failure that must not be repeated. */
async function persist(
  request: WireRequest,
  call: ApiRequest,
  tried: TriedRequest,
  runtime: Runtime,
): Promise<{ answer: WireResponse; attempts: number }> {
  const policy = readRetryPolicy(tried.isIdempotent, call.retry);
  // What may have gone out once stays so, whatever a repetition comes to.
  let unsettled: WhatsAppError | undefined;
  for (let attempts = 1; ; attempts++) {
    const turn = runtime.turn?.();
    if (turn !== undefined) await turn;
    const started = runtime.now();
    const result = await attempt(runtime, request, call, tried);
    const duration = runtime.now() - started;
    if (!('error' in result)) {
      logLine(runtime, request, call, result.statusCode, duration);
      return { answer: result, attempts };
    }
    const { error } = result;
    if (error.sent === 'maybe') unsettled ??= error;
    const wait = canBeSentAgain(request.body)
      ? waitBeforeRepeat(policy, attempts, result, runtime.random())
      : undefined;
    logLine(
      runtime,
      request,
      call,
      error.statusCode ?? error.code,
      duration,
      wait,
    );
    if (wait === undefined) throw unsettled ?? error;
    await runtime.sleep(wait, result);
  }
}

async function attempt(
  runtime: Runtime,
  request: WireRequest,
  { isSuccess = isOk, isPartial }: ApiRequest,
  tried: TriedRequest,
): Promise<WireResponse | FailedTry> {
  let answer: WireResponse;
  try {
    answer = await runtime.transport(request);
  } catch (cause) {
    return readNetworkError(cause, tried);
  }
  runtime.look?.(answer);
  if (isSuccess(answer.statusCode)) {
    if (!answer.isCut) return answer;
    const cut = new ResponseTooLarge(MAX_REFUSAL, answer.statusCode);
    return readNetworkError(cut, tried);
  }
  const text = await textOf(answer, request.timeout);
  if (isPartial?.(text)) return answer;
  return readApiError({ ...answer, text }, tried);
}

/** The words of a refusal, as far as they come in time. */
async function textOf(
  { body }: WireResponse,
  timeout: number,
): Promise<string> {
  if (Buffer.isBuffer(body)) return body.toString();
  const pieces: Buffer[] = [];
  let size = 0;
  const end = Date.now() + timeout;
  try {
    for await (const piece of body as AsyncIterable<Buffer>) {
      pieces.push(piece);
      size += piece.length;
      if (size > MAX_REFUSAL || Date.now() > end) break;
    }
  } catch {
    // A refusal is one, also when its words break off.
  }
  return Buffer.concat(pieces).toString();
}

const isOk = (statusCode: number) => statusCode >= 200 && statusCode < 300;

function logLine(
  runtime: Runtime,
  { method, path }: WireRequest,
  { server }: ApiRequest,
  result: number | string,
  duration: number,
  wait?: number,
): void {
  if (runtime.log === false) return;
  const again =
    wait === undefined ? '' : `; trying again in ${Math.ceil(wait / 1000)} s`;
  const label = server?.label ?? labelOf(path);
  (runtime.log ?? log)(
    `${method} ${label} ${result} in ${duration} ms${again}`,
  );
}
