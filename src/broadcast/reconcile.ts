import { refuse } from '../core/errors';
import type { Context, Result } from '../core/operation';
import { isObject, nameOf } from '../core/values';
import { CODES, lookUp } from '../graph/error-catalog';
import { isSamePerson, isUserId } from '../recipients/recipient';
import type {
  BroadcastResult,
  BroadcastRow,
  FailedRow,
  MetaError,
  RowError,
  SentRow,
} from '../types';
import { failuresIn } from './counters';
import { statusesByKey } from './statuses';
import type { ParseWebhook, Settling } from './statuses';

/** Moves the unknown rows of a broadcast to sent or failed, as far as statuses tell. */
export const reconcileWith =
  (parse: ParseWebhook) =>
  ({ data }: Context, statuses: unknown, given: unknown): Result => ({
    data: reconcile(readResult(given ?? data), statusesByKey(statuses, parse)),
  });

function reconcile(
  result: BroadcastResult,
  byKey: Map<string, Settling[]>,
): BroadcastResult {
  const sent: SentRow[] = [...result.sent];
  const failed: FailedRow[] = [...result.failed];
  const unknown: FailedRow[] = [];
  // What is the message of one row does not settle another.
  const known = new Set([sent, failed, result.unknown].flat().flatMap(idsOf));
  for (const row of result.unknown) {
    const settling = (byKey.get(row.callbackData ?? row.key) ?? []).filter(
      status => !known.has(status.id) && mayBeOf(row, status),
    );
    const settled = settle(row, settling);
    for (const { id } of settling) known.add(id);
    if (settled === undefined) unknown.push(row);
    else if (settled.kind === 'failed') failed.push(settled.row);
    else sent.push(settled.row);
  }
  const summary = {
    ...result.summary,
    sent: sent.length,
    failed: failed.length,
    unknown: unknown.length,
    failures: failuresIn(failed),
  };
  return { ...result, sent, failed, unknown, summary };
}

const idsOf = ({ messageId, messageIds }: BroadcastRow): string[] =>
  messageIds ?? (messageId === undefined ? [] : [messageId]);

/** A key is of one item alone, but a job may give the same callback data to many. */
function mayBeOf(
  { callbackData, to }: FailedRow,
  { to: number, userId }: Settling,
): boolean {
  if (callbackData === undefined || to === undefined) return true;
  const other = isUserId(to) ? userId : number;
  return other === undefined || to === other || isSamePerson(to, other);
}

/** What statuses make of a row. A message that failed did so for good, whatever else is told of it. */
function settle(row: FailedRow, statuses: Settling[]): Settled | undefined {
  const refusals = statuses.filter(({ status }) => status === 'failed');
  const lost = new Set(refusals.map(({ id }) => id));
  const { error: _error, callbackData: _data, ...known } = row;
  const before = idsOf(row);
  const out = statuses.find(({ id }) => !lost.has(id));
  if (out !== undefined) {
    const messageIds = [...before, out.id];
    const all = before.length > 0 ? { messageIds } : {};
    return { kind: 'sent', row: { ...known, messageId: out.id, ...all } };
  }
  const [refusal] = refusals;
  if (refusal === undefined) return undefined;
  const error = errorOf(refusal.errors);
  // Another try would also repeat what is out already.
  if (before.length > 0) error.retryable = false;
  return { kind: 'failed', row: { messageId: refusal.id, ...known, error } };
}

type Settled =
  { kind: 'sent'; row: SentRow } | { kind: 'failed'; row: FailedRow };

/** The error of a status, in the words of the catalog. */
function errorOf([error]: MetaError[] = []): RowError {
  const row = lookUp(error?.code);
  const said = error?.title ?? error?.message;
  return {
    code: CODES[row?.category ?? ''] ?? 'NOT_DELIVERED',
    ...(error?.code !== undefined && { metaCode: error.code }),
    description:
      row?.what ??
      `Meta did not deliver the message${said ? `: ${said}` : ''}.`,
    fix:
      row?.fix ??
      "Look up Meta's error code in its documentation, and correct the message.",
    retryable: row?.retryable === true,
  };
}

function readResult(given: unknown): BroadcastResult {
  const isOne =
    isObject(given) &&
    ['sent', 'failed', 'unknown'].every(name => Array.isArray(given[name]));
  if (isOne) return given as BroadcastResult;
  return refuse(
    'NOT_A_BROADCAST',
    `What is to be reconciled is ${nameOf(given)}, not the result of a broadcast.`,
    'Give the result as the second argument: keep state.data after broadcast, for example with fn.',
  );
}
