import { WhatsAppError, unconfirmed } from '../core/errors';
import type {
  BroadcastRow,
  DryRow,
  FailedRow,
  SentRow,
  SkippedRow,
  SkipReason,
} from '../types';
import type { Item } from './item';
import { HeldBack, isCommitted, isUnknown } from './item';
import { keyOfItem } from './keys';
import { hitsOf, rowErrorOf } from './reason';

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
  const { messages, verdict } = item;
  const thrown = 'error' in ending ? ending.error : undefined;
  if (!isCommitted(item)) {
    if (verdict === 'held') return { kind: 'held' };
    if (verdict !== undefined) return skippedOutcome(item, verdict);
    if (thrown instanceof HeldBack) return { kind: 'held' };
    if (hitsOf(thrown) === 'template') return { kind: 'held', error: thrown };
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

export const skippedOutcome = (item: Item, reason: SkipReason): Outcome => ({
  kind: 'skipped',
  row: { ...rowOf(item), reason },
});

/** What became of an item whose operation did not end: what is under way nobody knows. */
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
export const outcomeOfFlaw = (item: Item, error: unknown): Outcome => ({
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
  const ids = messages.flatMap(passed =>
    passed.outcome === 'sent' ? [passed.messageId] : [],
  );
  const messageId = ids.at(-1);
  if (messageId !== undefined) row.messageId = messageId;
  if (ids.length > 1) row.messageIds = ids;
  return row;
}
