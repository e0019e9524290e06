import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Configuration } from '../core/configuration';
import { log } from '../core/log';
import { readAnswer } from './answer';
import { isIdempotent, requestOf } from './call';
import type { Call } from './call';
import { failureOfConnection } from './connection-failure';
import { failureOfAnswer } from './failure';
import type { Failed, Failing } from './failure';
import { policyOf, waitBeforeRepeat } from './policy';
import { send } from './transport';
import type { Transport, WireAnswer, WireRequest } from './transport';
import { labelOf } from './url';

/** What came of a call. */
export type Exchange = {
  method: string;
  path: string;
  statusCode: number;
  statusMessage: string;
  headers: WireAnswer['headers'];
  /** Milliseconds, waits between tries included. */
  duration: number;
  attempts: number;
  body: unknown;
};

/** What a client needs of the world; tests bring their own. */
export type World = {
  transport: Transport;
  sleep: (milliseconds: number) => Promise<unknown>;
  random: () => number;
  now: () => number;
};

const live: World = {
  transport: send,
  sleep,
  random: Math.random,
  now: Date.now,
};

/** Exchanges a call for its answer, repeated only as far as that is safe. */
export async function exchange(
  configuration: Configuration,
  call: Call,
  world: World = live,
): Promise<Exchange> {
  const started = world.now();
  const request = requestOf(configuration, call);
  const failing = {
    isIdempotent: isIdempotent(call),
    sent: [call.body, configuration.apiToken, call.server?.token],
  };
  const { answer, attempts } = await persist(request, call, failing, world);
  // Read outside what is repeated: an answer that cannot be read must not lead to a second send.
  const body = readAnswer(answer, call.parseAs, failing);
  return {
    method: call.method,
    path: request.path.replace(/\?.*/, ''),
    statusCode: answer.statusCode,
    statusMessage: answer.statusText,
    headers: answer.headers,
    duration: world.now() - started,
    attempts,
    body,
  };
}

/** Tries until there is an answer, or a failure that must not be repeated. */
async function persist(
  request: WireRequest,
  call: Call,
  failing: Failing,
  world: World,
): Promise<{ answer: WireAnswer; attempts: number }> {
  const policy = policyOf(failing.isIdempotent, call.retry);
  for (let attempts = 1; ; attempts++) {
    const started = world.now();
    const result = await attempt(world.transport, request, call, failing);
    const duration = world.now() - started;
    if (!('error' in result)) {
      logLine(request, result.statusCode, duration);
      return { answer: result, attempts };
    }
    const { error } = result;
    const wait = waitBeforeRepeat(policy, attempts, result, world.random());
    logLine(request, error.statusCode ?? error.code, duration, wait);
    if (wait === undefined) throw error;
    await world.sleep(wait);
  }
}

async function attempt(
  transport: Transport,
  request: WireRequest,
  { isSuccess = isOk, isPartial }: Call,
  failing: Failing,
): Promise<WireAnswer | Failed> {
  let answer: WireAnswer;
  try {
    answer = await transport(request);
  } catch (cause) {
    return failureOfConnection(cause, failing);
  }
  if (isSuccess(answer.statusCode)) return answer;
  const text = await textOf(answer);
  if (isPartial?.(text)) return answer;
  return failureOfAnswer({ ...answer, text }, failing);
}

async function textOf({ body }: WireAnswer): Promise<string> {
  return Buffer.isBuffer(body) ? body.toString() : await text(body);
}

const isOk = (statusCode: number) => statusCode >= 200 && statusCode < 300;

function logLine(
  { method, path }: WireRequest,
  result: number | string,
  duration: number,
  wait?: number,
): void {
  const again =
    wait === undefined ? '' : `; trying again in ${Math.ceil(wait / 1000)} s`;
  log(`${method} ${labelOf(path)} ${result} in ${duration} ms${again}`);
}
