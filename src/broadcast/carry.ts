import type { Carrier } from '../graph/carrier';
import type { Exchange } from '../graph/world';
import { admit, holdBack, leaveOut } from './admit';
import type { Course } from './course';
import { isCommitted, isUnknown } from './item';
import type { Item, Passed } from './item';
import { messageIdIn, readMessage, withCallbackData } from './message';
import type { Message } from './message';
import { quietly, turnsOf } from './paced-world';
import type { Turns } from './paced-world';
import { HeldBack } from './patience';
import { hitsOf } from './reason';

// A refusal for the rate says nothing about the message, and everybody goes
// slower after it: so it is repeated more often than a lone send is.
const ATTEMPTS = 8;
const BAD_REQUEST = 400;

/** Carries the calls of one item: its messages get a key and a turn, and what comes of them is noted. */
export const carrierOf =
  (course: Course, item: Item): Carrier =>
  async (call, go) => {
    const message = readMessage(call);
    if (message === undefined) {
      if (course.isDry && call.method !== 'GET') leaveOut(item);
      return go(call, quietly);
    }
    admit(course, item, message);
    const keyed = withCallbackData(call, message, item.key);
    const retry = call.retry ?? { attempts: ATTEMPTS };
    // The headers say how much of what Meta allows is used up.
    const paced = { ...keyed, retry, needsHeaders: true };
    const turns = turnsOf(course, item, message.person);
    return note(course, item, message, turns, go(paced, turns.pacing));
  };

/** Notes what comes of a message. */
async function note(
  course: Course,
  item: Item,
  { to, template }: Message,
  turns: Turns,
  going: Promise<Exchange>,
): Promise<Exchange> {
  const add = (passed: Passed) => {
    // A read receipt is a message to nobody.
    if (to !== undefined) item.messages.push(passed);
    const wentOut = passed.outcome !== 'failed';
    if (wentOut) course.isBegun = true;
    turns.end(wentOut);
  };
  try {
    const answer = await going;
    add(passedBy(answer));
    return answer;
  } catch (error) {
    if (error instanceof HeldBack && !isCommitted(item)) holdBack(item, 'held');
    add({ outcome: isUnknown(error) ? 'unknown' : 'failed', error });
    if (hitsOf(error) === 'rate') course.pace.slowDown(item.began);
    course.meet(error, item, template);
    throw error;
  }
}

/** A raw request can call a refusal a success; without an ID nobody knows. */
function passedBy({ statusCode, body }: Exchange): Passed {
  const messageId = messageIdIn(body);
  if (messageId !== undefined) return { outcome: 'sent', messageId };
  const isRefused = statusCode >= BAD_REQUEST;
  return {
    outcome: isRefused ? 'failed' : 'unknown',
    error: {
      code: isRefused ? 'REQUEST_REFUSED' : 'SEND_UNCONFIRMED',
      description: 'The answer names no message.',
      fix: 'Look at what the request answers.',
      retryable: false,
    },
  };
}
