import { GIVEN, keys } from '../core/configuration';
import type { Configuration } from '../core/configuration';
import type { WhatsAppError } from '../core/errors';
import { log } from '../core/log';
import { readAnswer } from './answer';
import { isIdempotent, requestOf } from './call';
import type { Call } from './call';
import { AnswerTooLarge, MAX_REFUSAL } from './collector';
import { failureOfConnection } from './connection-failure';
import { currentCarrier } from './carrier';
import type { Go } from './carrier';
import { canBeSentAgain } from './content';
import { failureOfAnswer } from './failure';
import type { Failed, Failing } from './failure';
import { policyOf, waitBeforeRepeat } from './policy';
import type { WireAnswer, WireRequest } from './transport';
import { labelOf, withoutSearch } from './url';
import { live } from './world';
import type { Exchange, World } from './world';

export type { Exchange, World } from './world';

/** Exchanges a call for its answer, through the carrier that stands around, if one does. */
export function exchange(
  configuration: Configuration,
  call: Call,
  world: World = live,
): Promise<Exchange> {
  const carrier = currentCarrier();
  if (carrier === undefined) return exchangeIn(world, configuration, call);
  const go: Go = (call, alter = world => world) =>
    exchangeIn(alter(world), configuration, call);
  return carrier(call, go, configuration);
}

/** Exchanges a call for its answer, repeated only as far as that is safe. */
async function exchangeIn(
  world: World,
  configuration: Configuration,
  call: Call,
): Promise<Exchange> {
  const started = world.now();
  const request = requestOf(configuration, call);
  const failing = {
    isIdempotent: isIdempotent(call),
    sent: () => sentBy(configuration, call),
  };
  const { answer, attempts } = await persist(request, call, failing, world);
  // Read outside what is repeated: an answer that cannot be read must not lead to a second send.
  const body = readAnswer(answer, call.parseAs, failing);
  return {
    method: call.method,
    path: withoutSearch(request.path),
    statusCode: answer.statusCode,
    statusMessage: answer.statusText,
    headers: answer.headers,
    duration: world.now() - started,
    attempts,
    body,
  };
}

/** All that a request carries, and all that its operation was given. It is looked into when the request has failed. */
export const sentBy = (configuration: Configuration, call: Call): unknown[] => [
  call.body,
  { parts: call.parts, query: call.query, search: call.search },
  call.headers,
  call.server?.base,
  call.server?.token,
  call.login,
  SECRETS.map(key => configuration[key]),
  // Even what is not in this request: another one of the operation may have carried it.
  { type: configuration[GIVEN] },
];

const SECRETS = keys.filter(
  key => !['baseUrl', 'apiVersion', 'gatewayUrl'].includes(key),
);

/** Tries until there is an answer, or a failure that must not be repeated. */
async function persist(
  request: WireRequest,
  call: Call,
  failing: Failing,
  world: World,
): Promise<{ answer: WireAnswer; attempts: number }> {
  const policy = policyOf(failing.isIdempotent, call.retry);
  // What may have gone out once stays so, whatever a repetition comes to.
  let unsettled: WhatsAppError | undefined;
  for (let attempts = 1; ; attempts++) {
    const turn = world.turn?.();
    if (turn !== undefined) await turn;
    const started = world.now();
    const result = await attempt(world, request, call, failing);
    const duration = world.now() - started;
    if (!('error' in result)) {
      logLine(world, request, call, result.statusCode, duration);
      return { answer: result, attempts };
    }
    const { error } = result;
    if (error.sent === 'maybe') unsettled ??= error;
    const wait = canBeSentAgain(request.body)
      ? waitBeforeRepeat(policy, attempts, result, world.random())
      : undefined;
    logLine(
      world,
      request,
      call,
      error.statusCode ?? error.code,
      duration,
      wait,
    );
    if (wait === undefined) throw unsettled ?? error;
    await world.sleep(wait, result);
  }
}

async function attempt(
  world: World,
  request: WireRequest,
  { isSuccess = isOk, isPartial }: Call,
  failing: Failing,
): Promise<WireAnswer | Failed> {
  let answer: WireAnswer;
  try {
    answer = await world.transport(request);
  } catch (cause) {
    return failureOfConnection(cause, failing);
  }
  world.look?.(answer);
  if (isSuccess(answer.statusCode)) {
    if (!answer.isCut) return answer;
    const cut = new AnswerTooLarge(MAX_REFUSAL, answer.statusCode);
    return failureOfConnection(cut, failing);
  }
  const text = await textOf(answer, request.timeout);
  if (isPartial?.(text)) return answer;
  return failureOfAnswer({ ...answer, text }, failing);
}

/** The words of a refusal, as far as they come in time. */
async function textOf({ body }: WireAnswer, timeout: number): Promise<string> {
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
  world: World,
  { method, path }: WireRequest,
  { server }: Call,
  result: number | string,
  duration: number,
  wait?: number,
): void {
  if (world.log === false) return;
  const again =
    wait === undefined ? '' : `; trying again in ${Math.ceil(wait / 1000)} s`;
  const label = server?.label ?? labelOf(path);
  (world.log ?? log)(`${method} ${label} ${result} in ${duration} ms${again}`);
}
