import { isObject } from '../core/values';
import type { Course } from './course';
import { isCommitted } from './item';
import type { Item } from './item';
import { keyOfItem, keyOfMessage } from './keys';
import { messageIn } from './message';
import type { Message } from './message';
import { skippedOutcome } from './outcome';
import type { Ending, Outcome } from './outcome';

/** What a dry run tells of an item, whose key is claimed as if it had been sent; undefined when it was none. */
export function dryOutcome(
  { isDry, keys, uploads }: Course,
  item: Item,
  ending: Ending,
): Outcome | undefined {
  const hasEnded = 'data' in ending && item.verdict === undefined;
  const message = item.dryMessage ?? builtBy(ending);
  const isOne = item.isUnsent || message !== undefined || (isDry && hasEnded);
  if (!isOne || isCommitted(item)) return undefined;
  if (item.key === undefined && message?.to !== undefined) {
    item.key = keyOfMessage(message, item.value, uploads);
    const reason = keys.claim(item.key);
    if (reason !== undefined) return skippedOutcome(item, reason);
  }
  const { to, body } = message ?? {};
  const key = item.key ?? keyOfItem(item.value);
  return { kind: 'dry', row: { key, ...(to !== undefined && { to }), body } };
}

/** The message that a send has built, and left on state. */
function builtBy(ending: Ending): Message | undefined {
  try {
    const data = 'data' in ending ? ending.data : undefined;
    if (!isObject(data) || data['dryRun'] !== true) return undefined;
    return isObject(data['body']) ? messageIn(data['body']) : undefined;
  } catch {
    // Data of the job's own that cannot be read.
    return undefined;
  }
}
