import { refuse } from '../core/errors';
import type { Course } from './course';
import { HeldBack, isCommitted } from './item';
import type { Item, Verdict } from './item';
import { keyOfMessage } from './keys';
import { callbackDataOf } from './message';
import type { Message } from './message';

/** Lets a message go out, or ends the operation of its item before it does. */
export function admit(course: Course, item: Item, message: Message): void {
  if (course.isDry) {
    item.dryMessage ??= message;
    leaveOut(item);
  }
  if (item.hasEnded) refuseLate();
  if (isCommitted(item) || message.to === undefined) return;
  item.to ??= message.to;
  if (message.person !== undefined)
    course.queue.learn(item.value, message.person);
  // The job's own code may have caught the error that ended the operation.
  if (item.verdict !== undefined) holdBack(item, item.verdict);
  if (item.key === undefined) {
    item.key = keyOfMessage(message, item.value, course.uploads);
    const reason = course.keys.claim(item.key);
    if (reason !== undefined) holdBack(item, reason);
  }
  const own = callbackDataOf(message);
  if (own !== undefined) item.callbackData ??= own;
  if (course.isOver()) holdBack(item, 'held');
  const { template = '' } = message;
  if (course.templates.has(template)) throw course.templates.get(template);
  course.isTried = true;
}

/** A message that starts when its item has a row would make that row a lie. */
function refuseLate(): never {
  refuse(
    'STARTED_TOO_LATE',
    'The operation of this item had ended before this message was started.',
    'Return or await every operation, so that the broadcast waits for it.',
  );
}

/** Ends the operation of an item of which nothing has gone out. */
export function holdBack(item: Item, verdict: Verdict): never {
  item.verdict = verdict;
  throw new HeldBack();
}

/** A dry run makes no request that changes anything. */
export function leaveOut(item: Item): never {
  item.isUnsent = true;
  throw new HeldBack();
}
