import { unconfirmed } from '../core/errors';
import { isObject } from '../core/values';
import type { Interceptor } from '../graph/interceptor';
import type { ApiRequest } from '../graph/request';
import { readApiError } from '../graph/api-error';
import { sentBy } from '../graph/send-request';
import type { ApiResponse } from '../graph/runtime';
import { admit, holdBack, leaveOut } from './admit';
import type { Course } from './course';
import { closeOne, HeldBack, isCommitted, isUnknown } from './item';
import type { Item, Passed } from './item';
import { messageIdIn, readMessage, withCallbackData } from './message';
import type { Message } from './message';
import { patiently, Turns } from './paced-world';
import { hitsOf } from './reason';

// A refusal for the rate says nothing about the message, and everybody goes
// slower after it: so it is repeated more often than a lone send is.
const ATTEMPTS = 8;
const BAD_REQUEST = 400;

/** Carries the calls of one item: its messages get a key and a turn, and what comes of them is noted. */
export const carrierOf =
  (course: Course, item: Item): Interceptor =>
  async (call, go, client) => {
    const message = readMessage(call);
    if (message === undefined) {
      if (course.isDry && call.method !== 'GET') leaveOut(item);
      item.hasCalled = true;
      const answer = await go(call, patiently(course, item));
      if (call.parts.at(-1) === 'media') noteUpload(course, answer);
      return answer;
    }
    admit(course, item, message);
    const turns = new Turns(course, item, message.person);
    const add = (passed: Passed) => {
      note(course, item, message, passed);
      const isForRate =
        passed.outcome !== 'sent' && hitsOf(passed.error) === 'rate';
      if (isForRate) turns.slowDown();
      turns.end(passed.outcome !== 'failed');
    };
    item.open++;
    try {
      const answer = await go(ready(call, message, item), turns.pacing);
      add(passedBy(answer, () => sentBy(client, call)));
      return answer;
    } catch (error) {
      if (error instanceof HeldBack && !isCommitted(item)) {
        holdBack(item, 'held');
      }
      add({ outcome: isUnknown(error) ? 'unknown' : 'failed', error });
      throw error;
    } finally {
      turns.end(false);
      closeOne(item);
    }
  };

/** The call as it goes out. */
const ready = (call: ApiRequest, message: Message, item: Item): ApiRequest =>
  Object.assign({}, call, {
    body: withCallbackData(call, message, item.key),
    retry: call.retry ?? { attempts: ATTEMPTS },
    // They say how much of what Meta allows is used up.
    needsHeaders: true,
  });

/** Notes what came of a message, for its item and for all. */
function note(
  course: Course,
  item: Item,
  { to, template }: Message,
  passed: Passed,
): void {
  if (to !== undefined) item.messages.push(passed);
  // Meta's answer to a read receipt names no message.
  else if (passed.outcome !== 'failed') item.hasReceipt = true;
  if (passed.outcome !== 'failed') course.isBegun = true;
  if (passed.outcome === 'sent') return;
  const { error } = passed;
  course.meet(error, item, template);
}

function noteUpload({ uploads }: Course, { body }: ApiResponse): void {
  const id = isObject(body) ? body['id'] : undefined;
  if (typeof id === 'string') uploads.add(id);
}

/** A raw request can call a failure a success; without an ID nobody knows. */
function passedBy(
  { statusCode, headers, body }: ApiResponse,
  sent: () => unknown,
): Passed {
  const messageId = messageIdIn(body);
  if (messageId !== undefined) return { outcome: 'sent', messageId };
  if (statusCode < BAD_REQUEST) {
    const error = unconfirmed('The answer names no message');
    return { outcome: 'unknown', error };
  }
  const text = typeof body === 'string' ? body : textOf(body);
  const tried = { isIdempotent: false, sent };
  const { error } = readApiError({ statusCode, headers, text }, tried);
  return { outcome: isUnknown(error) ? 'unknown' : 'failed', error };
}

const textOf = (body: unknown) =>
  isObject(body) ? JSON.stringify({ error: body['error'] }) : '';
