import { scrubberOf } from '../graph/scrub';
import type { Scrubber } from '../graph/wire';
import { readApiError } from '../graph/api-error';
import { sentBy } from '../graph/sent-words';
import { refuse, unconfirmed } from '../core/errors';
import { isObject } from '../core/values';
import type {
  ApiRequest,
  ApiResponse,
  Interceptor,
} from '../graph/api-request';
import { errorScopeOf } from './error-scope';
import { keyOfMessage } from './item-key';
import {
  callbackDataOf,
  messageIdIn,
  readMessage,
  withCallbackData,
} from './message';
import type { Message } from './message';
import { boundWaits, MessagePacing } from './paced-runtime';
import { closeOne, HeldBack, isCommitted, isUnknown } from './run-state';
import type { EndReason, Item, MessageOutcome, RunState } from './run-state';

// A refusal for the rate says nothing about the message, and everybody goes
// slower after it: so it is repeated more often than a lone send is.
const ATTEMPTS = 8;
const BAD_REQUEST = 400;

/** Intercepts the requests of one item: its messages get a key and a turn, and what comes of them is noted. */
export const createInterceptor =
  (run: RunState, item: Item): Interceptor =>
  async (request, proceed, client) => {
    const message = readMessage(request);
    if (message === undefined) {
      if (run.isDry && request.method !== 'GET') skipInDryRun(item);
      item.hasRequested = true;
      const response = await proceed(request, boundWaits(run, item));
      if (request.parts.at(-1) === 'media') noteUpload(run, response);
      return response;
    }
    admit(run, item, message);
    const pacing = new MessagePacing(run, item, message.person);
    const settle = (outcome: MessageOutcome) => {
      noteOutcome(run, item, message, outcome);
      const isForRate =
        outcome.outcome !== 'sent' && errorScopeOf(outcome.error) === 'rate';
      if (isForRate) pacing.slowDown();
      pacing.end(outcome.outcome !== 'failed');
    };
    item.open++;
    try {
      const prepared = prepare(request, message, item);
      const response = await proceed(prepared, pacing.pace);
      settle(readOutcome(response, () => scrubberOf(sentBy(client, request))));
      return response;
    } catch (error) {
      if (error instanceof HeldBack && !isCommitted(item)) {
        holdBack(item, 'held');
      }
      settle({ outcome: isUnknown(error) ? 'unknown' : 'failed', error });
      throw error;
    } finally {
      pacing.end(false);
      closeOne(item);
    }
  };

/** The request as it goes out. */
const prepare = (
  request: ApiRequest,
  message: Message,
  item: Item,
): ApiRequest =>
  Object.assign({}, request, {
    body: withCallbackData(request, message, item.key),
    retry: request.retry ?? { attempts: ATTEMPTS },
    // The headers say how much of what Meta allows is used up.
    needsHeaders: true,
  });

/** Notes what came of a message, for its item and for all. */
function noteOutcome(
  run: RunState,
  item: Item,
  { to, template }: Message,
  outcome: MessageOutcome,
): void {
  if (to !== undefined) item.messages.push(outcome);
  // Meta's answer to a read receipt names no message.
  else if (outcome.outcome !== 'failed') item.hasReceipt = true;
  if (outcome.outcome !== 'failed') run.isBegun = true;
  if (outcome.outcome !== 'sent') run.noteError(outcome.error, item, template);
}

function noteUpload({ uploads }: RunState, { body }: ApiResponse): void {
  const id = isObject(body) ? body['id'] : undefined;
  if (typeof id === 'string') uploads.add(id);
}

/** What a response says of a message. A raw request can take a failure for a success; without an ID the outcome is unknown. */
function readOutcome(
  { statusCode, headers, body }: ApiResponse,
  scrubber: () => Scrubber,
): MessageOutcome {
  const messageId = messageIdIn(body);
  if (messageId !== undefined) return { outcome: 'sent', messageId };
  if (statusCode < BAD_REQUEST) {
    const error = unconfirmed('The answer names no message');
    return { outcome: 'unknown', error };
  }
  const text = typeof body === 'string' ? body : textOf(body);
  const tried = { isIdempotent: false, scrubber };
  const { error } = readApiError({ statusCode, headers, text }, tried);
  return { outcome: isUnknown(error) ? 'unknown' : 'failed', error };
}

const textOf = (body: unknown) =>
  isObject(body) ? JSON.stringify({ error: body['error'] }) : '';

/** Lets a message go out, or ends the operation of its item before it does. */
function admit(run: RunState, item: Item, message: Message): void {
  if (run.isDry) {
    item.dryMessage ??= message;
    skipInDryRun(item);
  }
  if (item.hasEnded) refuseLate();
  if (isCommitted(item) || message.to === undefined) return;
  item.to ??= message.to;
  if (message.person !== undefined) run.queue.learn(item.value, message.person);
  // The job's own code may have caught the error that ended the operation.
  if (item.endReason !== undefined) holdBack(item, item.endReason);
  if (item.key === undefined) {
    item.key = keyOfMessage(message, item.value, run.uploads);
    const reason = run.keys.claim(item.key);
    if (reason !== undefined) holdBack(item, reason);
  }
  const own = callbackDataOf(message);
  if (own !== undefined) item.callbackData ??= own;
  if (run.isOver()) holdBack(item, 'held');
  const { template = '' } = message;
  if (run.templates.has(template)) throw run.templates.get(template);
  run.isTried = true;
}

/** A message that starts when its item has a row would make that row wrong. */
function refuseLate(): never {
  refuse(
    'STARTED_TOO_LATE',
    'The operation of this item had ended before this message was started.',
    'Return or await every operation, so that the broadcast waits for it.',
  );
}

/** Ends the operation of an item of which nothing has gone out. */
function holdBack(item: Item, endReason: EndReason): never {
  item.endReason = endReason;
  throw new HeldBack();
}

/** A dry run makes no request that changes anything. */
function skipInDryRun(item: Item): never {
  item.isUnsent = true;
  throw new HeldBack();
}
