import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../core/client';
import { WhatsAppError, unconfirmed } from '../core/errors';
import { readApiError, readRefusal } from './api-error';
import { formOf } from './body-form';
import { canBeSentAgain } from './content';
import { interceptors } from './interceptor';
import type { Proceed } from './interceptor';
import { readNetworkError } from './network-error';
import { isIdempotent, labelOf, toWireRequest, withoutSearch } from './request';
import type { ApiRequest } from './request';
import { readRetryPolicy, waitBeforeRepeat } from './retry-policy';
import type { ApiResponse, Runtime } from './runtime';
import { send } from './transport';
import { MAX_REFUSAL, ResponseTooLarge } from './wire';
import type {
  FailedTry,
  ParseAs,
  TriedRequest,
  WireRequest,
  WireResponse,
} from './wire';

export type { ApiResponse, Runtime } from './runtime';

/** The network and the clock, when nobody brings others. */
const live: Runtime = {
  transport: send,
  sleep: milliseconds => sleep(milliseconds),
  random: Math.random,
  now: Date.now,
};

/** Exchanges a call for its answer, through the interceptor around it, if there is one. */
export function sendRequest(
  client: Client,
  call: ApiRequest,
  runtime: Runtime = live,
): Promise<ApiResponse> {
  const interceptor = interceptors.getStore();
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
  // Checked before the first try, and otherwise not made before it has failed.
  if (call.retry) readRetryPolicy(tried.isIdempotent, call.retry);
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
    const policy = readRetryPolicy(tried.isIdempotent, call.retry);
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
  const text = await readRefusal(answer, request.timeout);
  if (isPartial?.(text)) return answer;
  return readApiError({ ...answer, text }, tried);
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
  const line = `${method} ${label} ${result} in ${duration} ms${again}`;
  if (runtime.log) runtime.log(line);
  else console.log(line);
}

/** The body of a successful answer, in the form that was asked for. */
function readResponse(
  { body, statusCode, headers }: WireResponse,
  parseAs: ParseAs = 'json',
  tried: TriedRequest,
): unknown {
  if (!Buffer.isBuffer(body)) return body;
  if (parseAs === 'bytes') return body;
  if (parseAs === 'base64') return body.toString('base64');
  const text = body.toString();
  if (parseAs === 'text') return text;
  const isText = parseAs === 'auto' && text !== '' && !isJsonType(headers);
  return isText ? text : parseJson(text, statusCode, tried);
}

/** Without a content type it is JSON, as Meta's answers are. */
function isJsonType({
  'content-type': type,
}: WireResponse['headers']): boolean {
  return type === undefined || String(type).includes('application/json');
}

function parseJson(text: string, statusCode: number, tried: TriedRequest) {
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw unreadable(statusCode, formOf(text), tried);
  }
}

/** A success that cannot be read: a send may have gone out, a read is lost. */
function unreadable(
  statusCode: number,
  form: string,
  { isIdempotent }: TriedRequest,
): WhatsAppError {
  const reason = `The answer ${statusCode} is ${form}`;
  // No cause: the parser's own error quotes the body.
  if (!isIdempotent) return unconfirmed(reason, { statusCode });
  return new WhatsAppError({
    code: 'ANSWER_UNREADABLE',
    description: `${reason}.`,
    fix: "Check baseUrl in the credential; for other content than JSON give parseAs: 'text' or 'base64'.",
    statusCode,
    retryable: true,
    sent: 'no',
  });
}
