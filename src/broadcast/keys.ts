import { createHash } from 'node:crypto';
import { refuse } from '../core/errors';
import { isObject, nameOf } from '../core/values';
import type { FailedRow, SkippedRow, SkipReason } from '../types';
import type { Message } from './message';

/** The keys of a broadcast: those done before, and those of this one. */
export type Keys = {
  /** Why the item with this key is skipped; undefined the first time. */
  claim: (key: string) => SkipReason | undefined;
};

export function createKeys(done: ReadonlySet<string>): Keys {
  const claimed = new Set<string>();
  const claim = (key: string) => {
    if (done.has(key)) return 'IN_SKIP';
    if (claimed.has(key)) return 'DUPLICATE';
    claimed.add(key);
    return undefined;
  };
  return { claim };
}

/**
 * The key of a message that the job gave none: a hash of recipient and content.
 * What is uploaded has another ID each time; there the item stands for it.
 */
export function keyOfMessage(
  { person, body }: Message,
  value: unknown,
  uploads: ReadonlySet<string>,
): string {
  const {
    to: _to,
    recipient: _recipient,
    biz_opaque_callback_data: _data,
    ...content
  } = body;
  const isUploaded = uploads.size > 0 && holdsOneOf(uploads, content);
  return hash([person, isUploaded ? keyOfItem(value) : content]);
}

const holdsOneOf = (ids: ReadonlySet<string>, value: unknown): boolean =>
  typeof value === 'object' && value !== null
    ? Object.values(value).some(inner => holdsOneOf(ids, inner))
    : ids.has(value as string);

/** The key of an item that sent nothing, or did not get that far. */
export function keyOfItem(value: unknown): string {
  try {
    return typeof value === 'symbol' ? hash(String(value)) : hash(value);
  } catch {
    return hash(legible(value, []));
  }
}

/** What JSON cannot write, such as a circle or a BigInt, in a form that it can. */
function legible(value: unknown, above: unknown[]): unknown {
  try {
    if (above.includes(value)) return '[circle]';
    if (typeof value === 'bigint') return `${value}n`;
    if (typeof value !== 'object' || value === null) return value;
    const inside = [...above, value];
    return Object.keys(value).map(name => [
      name,
      legible(fieldOf(value, name), inside),
    ]);
  } catch {
    return '[unreadable]';
  }
}

function fieldOf(value: object, name: string): unknown {
  try {
    return (value as Record<string, unknown>)[name];
  } catch {
    return '[unreadable]';
  }
}

/** The keys in what a job passes as `skip`: keys, rows, statuses, earlier results, and lists of these. */
export const keysIn = (skip: unknown): Set<string> => new Set(keysOf(skip));

function keysOf(given: unknown): string[] {
  if (Array.isArray(given)) return (given as unknown[]).flatMap(keysOf);
  if (typeof given === 'string' || typeof given === 'number')
    return [String(given)];
  if (isObject(given)) {
    const { key, callbackData, statuses, status } = given;
    const { sent, failed, unknown, skipped } = given;
    if (Array.isArray(statuses)) return keysOf(statuses);
    if (Array.isArray(sent) && Array.isArray(unknown))
      return keysOf([sent, unknown, halfDone(failed), doneBefore(skipped)]);
    const name = key ?? callbackData;
    if (name !== undefined) return keysOf(name);
    // The status of a message that no broadcast sent.
    if (typeof status === 'string') return [];
  }
  // To leave it out could send everything again.
  return refuse(
    'INVALID_OPTIONS',
    `The option skip is ${nameOf(given)}, or holds something that names no item.`,
    'Give a list of keys, or what an earlier broadcast left on state.data.',
  );
}

/** A row that failed after a message of it was out: another try would send that again. */
const halfDone = (rows: unknown) =>
  Array.isArray(rows)
    ? (rows as FailedRow[]).filter(
        ({ messageId, error }) => messageId !== undefined && !error.retryable,
      )
    : [];

/** A row that was skipped because it had been sent before; the others are tried again. */
const doneBefore = (rows: unknown) =>
  Array.isArray(rows)
    ? (rows as SkippedRow[]).filter(
        ({ reason }) => reason === 'IN_SKIP' || reason === 'ALREADY_SENT',
      )
    : [];

/** 128 bits of the SHA-256 of its JSON. */
const hash = (value: unknown) =>
  createHash('sha256')
    .update(JSON.stringify(value) ?? 'undefined')
    .digest('hex')
    .slice(0, 32);
