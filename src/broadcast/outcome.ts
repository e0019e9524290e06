import { unconfirmed, WhatsAppError } from '../core/errors';
import { ignoreRejection, isObject } from '../core/values';
import type {
  BroadcastRow,
  DryRow,
  FailedRow,
  SentRow,
  SkippedRow,
  SkipReason,
  State,
} from '../types';
import type { Settings } from './arguments';
import { errorScopeOf, rowErrorOf } from './error-scope';
import { keyOfItem, keyOfMessage, readKey } from './item-key';
import type { Keys } from './item-key';
import { messageIn } from './message';
import type { Message } from './message';
import { HeldBack, isCommitted, isUnknown } from './run-state';
import type { Item, RunState } from './run-state';

/** What became of an item. */
export type Outcome =
  | { kind: 'sent'; row: SentRow }
  | { kind: 'failed' | 'unknown'; row: FailedRow }
  | { kind: 'dry'; row: DryRow }
  /** Not sent: held back, because of its template alone when there is an error. */
  | { kind: 'held'; error?: unknown }
  | { kind: 'skipped'; row: SkippedRow };

/** How an operation ended: with the data of its state, or with an error. */
export type Ending = { data: unknown } | { error: unknown };

/** What became of an item: its messages tell, whatever its operation did afterwards. */
export function outcomeOf(item: Item, ending: Ending): Outcome {
  const { messages, endReason } = item;
  const thrown = 'error' in ending ? ending.error : undefined;
  if (!isCommitted(item)) {
    if (endReason === 'held') return { kind: 'held' };
    if (endReason !== undefined) return skippedOutcome(item, endReason);
    if (thrown instanceof HeldBack) return { kind: 'held' };
    if (errorScopeOf(thrown) === 'template')
      return { kind: 'held', error: thrown };
  }
  const unknown = messages.find(({ outcome }) => outcome === 'unknown');
  if (unknown !== undefined && 'error' in unknown) {
    return { kind: 'unknown', row: failedRow(item, unknown.error) };
  }
  const last = messages.at(-1);
  if (last?.outcome === 'sent')
    return { kind: 'sent', row: sentRow(item, thrown) };
  if (isUnknown(thrown))
    return { kind: 'unknown', row: failedRow(item, thrown) };
  const error = thrown ?? last?.error;
  if (error !== undefined)
    return { kind: 'failed', row: failedRow(item, error) };
  return item.hasReceipt
    ? { kind: 'sent', row: sentRow(item) }
    : skippedOutcome(item, 'NOTHING_SENT');
}

const skippedOutcome = (item: Item, reason: SkipReason): Outcome => ({
  kind: 'skipped',
  row: { ...rowOf(item), reason },
});

/** What became of an item whose operation did not end: a message under way is unknown. */
export function outcomeOfHanging(item: Item): Outcome {
  if (item.underWay > 0) {
    const error = unconfirmed('The time was over before an answer came');
    item.messages.push({ outcome: 'unknown', error });
  }
  return isCommitted(item)
    ? outcomeOf(item, { error: new NotEnded() })
    : { kind: 'held' };
}

/** What became of an item when the broadcast itself failed at it. */
export const outcomeOfInternalError = (
  item: Item,
  error: unknown,
): Outcome => ({
  kind: isCommitted(item) ? 'unknown' : 'failed',
  row: failedRow(item, error),
});

class NotEnded extends WhatsAppError {
  constructor() {
    super({
      code: 'NOT_ENDED',
      description:
        'The operation had not ended when the time of the broadcast was over.',
      fix: 'Look for what it waits for after its message.',
      retryable: false,
      sent: 'no',
    });
  }
}

function sentRow(item: Item, thrown?: unknown): SentRow {
  const row = rowOf(item);
  // It went out: what the operation did afterwards cannot take that back.
  return thrown === undefined ? row : { ...row, error: rowErrorOf(thrown) };
}

function failedRow(item: Item, thrown: unknown): FailedRow {
  const error = rowErrorOf(thrown);
  const { callbackData } = item;
  return {
    ...rowOf(item),
    ...(callbackData !== undefined && { callbackData }),
    // Another try would also repeat what is out already.
    error: isCommitted(item) ? { ...error, retryable: false } : error,
  };
}

function rowOf(item: Item): BroadcastRow {
  const { to, messages, value, key = keyOfItem(value) } = item;
  const row: BroadcastRow = to === undefined ? { key } : { key, to };
  const ids = messages.flatMap(message =>
    message.outcome === 'sent' ? [message.messageId] : [],
  );
  const messageId = ids.at(-1);
  if (messageId !== undefined) row.messageId = messageId;
  if (ids.length > 1) row.messageIds = ids;
  return row;
}

/** Gives an item the key that the job has for it; an outcome when that settles the item without its operation. */
export function claimKey(
  keys: Keys,
  item: Item,
  keyOf: Settings['keyOf'],
  state: State,
): Outcome | undefined {
  if (keyOf === undefined) return undefined;
  try {
    item.key = readKey(ignoreRejection(keyOf(state)));
  } catch (error) {
    const row = { key: keyOfItem(item.value), error: rowErrorOf(error) };
    return { kind: 'failed', row };
  }
  const reason = keys.claim(item.key);
  return reason && skippedOutcome(item, reason);
}

/** What became of an item in a dry run, its key claimed as if it had been sent; undefined when it was no dry run. */
export function dryOutcome(
  { isDry, keys, uploads }: RunState,
  item: Item,
  ending: Ending,
): Outcome | undefined {
  const hasEnded = 'data' in ending && item.endReason === undefined;
  const message = item.dryMessage ?? builtBy(ending);
  const isDryRun =
    item.isUnsent || message !== undefined || (isDry && hasEnded);
  if (!isDryRun || isCommitted(item)) return undefined;
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
