import { refuse } from '../core/errors';
import type { Context, Result } from '../core/operation';
import { isObject, nameOf } from '../core/values';
import { CODES, lookUp } from '../graph/catalogue';
import type {
  BroadcastResult,
  FailedRow,
  MetaError,
  RowError,
  SentRow,
} from '../types';
import { statusesByKey } from './statuses';
import type { Settling } from './statuses';
import { failuresIn } from './summary';

/** Moves the unknown rows of a broadcast to sent or failed, as far as statuses tell. */
export function reconciling(
  { data }: Context,
  statuses: unknown,
  given: unknown,
): Result {
  const result = readResult(given ?? data);
  const byKey = statusesByKey(statuses);
  const sent: SentRow[] = [...result.sent];
  const failed: FailedRow[] = [...result.failed];
  const unknown: FailedRow[] = [];
  for (const row of result.unknown) {
    const settling = byKey.get(row.callbackData ?? row.key) ?? [];
    const settled = settle(row, settling.filter(isNewTo(row)));
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
  return { data: { ...result, sent, failed, unknown, summary } };
}

/** An item may have sent several messages, of which one is unknown: the others do not settle it. */
const isNewTo =
  ({ messageId, messageIds = [] }: FailedRow) =>
  ({ id }: Settling) =>
    id !== messageId && !messageIds.includes(id);

/** What statuses make of a row. A message that failed did so for good, whatever else is told of it. */
function settle(row: FailedRow, statuses: Settling[]): Settled | undefined {
  const refusals = statuses.filter(({ status }) => status === 'failed');
  const lost = new Set(refusals.map(({ id }) => id));
  const { error: _error, callbackData: _data, ...known } = row;
  const out = statuses.find(({ id }) => !lost.has(id));
  if (out !== undefined) {
    return { kind: 'sent', row: { ...known, messageId: out.id } };
  }
  const [refusal] = refusals;
  if (refusal === undefined) return undefined;
  const error = errorOf(refusal.errors);
  return { kind: 'failed', row: { ...known, messageId: refusal.id, error } };
}

type Settled =
  { kind: 'sent'; row: SentRow } | { kind: 'failed'; row: FailedRow };

/** The error of a status, in the words of the catalogue. */
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
