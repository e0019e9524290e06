import { createHash } from 'node:crypto';
import { refuse, WhatsAppError } from '../core/errors';
import { missingIn } from '../core/missing';
import { isObject, nameOf } from '../core/values';
import { LIMITS } from '../messages/kinds/limits';
import type {
  FailedRow,
  MessageStatus,
  SkippedRow,
  SkipReason,
} from '../types';
import type { Message } from './message';
import { isStatus, isWebhook, statusIn } from './statuses';
import type { ParseWebhook } from './statuses';

/** A key that a job gave to an item, as text. */
export function readKey(key: unknown): string {
  if (typeof key === 'number' && Number.isFinite(key)) return String(key);
  // Spaces alone are what is left of `${$.data.id} ${$.data.date}` when both are empty.
  const text = typeof key === 'string' ? key.trim() : key;
  if (typeof key !== 'string' || text === '') {
    throw invalidKey(
      `The key of this item is ${nameOf(text)}; it must be text or a number.`,
    );
  }
  if (key.length > LIMITS.callbackData) {
    throw invalidKey(
      `The key of this item has ${key.length} characters; at most ${LIMITS.callbackData} come back in a status.`,
    );
  }
  // Such a key would be the same for all items without the value.
  const hole = missingIn(key);
  if (hole !== undefined) {
    throw invalidKey(
      `The key of this item has ${hole} in it, where a value was missing.`,
    );
  }
  return key;
}

const invalidKey = (description: string) =>
  new WhatsAppError({
    code: 'INVALID_KEY',
    description,
    fix: 'Give a short name that the item keeps from run to run, as in { key: $.data.id }, or leave the option key out.',
    retryable: false,
    sent: 'no',
  });

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
    return hash(flatten(value));
  }
}

/**
 * What JSON cannot write, such as a circle, a BigInt or great depth, as a flat
 * list that it can. Each object is read once, as circles may meet in many ways.
 */
function flatten(item: unknown): unknown[] {
  const parts: unknown[] = [];
  const numbers = new Map<object, number>();
  const open = [item];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null) {
      parts.push(typeof value === 'bigint' ? `${value}n` : value);
    } else if (numbers.has(value)) {
      parts.push(`[object ${numbers.get(value)}]`);
    } else {
      numbers.set(value, numbers.size);
      const names = namesOf(value);
      parts.push(names);
      for (const name of names) open.push(fieldOf(value, name));
    }
  }
  return parts;
}

function namesOf(value: object): string[] {
  try {
    return Object.keys(value);
  } catch {
    return ['[unreadable]'];
  }
}

function fieldOf(value: object, name: string): unknown {
  try {
    return (value as Record<string, unknown>)[name];
  } catch {
    return '[unreadable]';
  }
}

/**
 * The keys in what a job passes as `skip`: keys, rows, statuses, webhooks,
 * earlier results, and lists of these. Who has a message that failed in the end
 * has none.
 */
export function keysIn(skip: unknown, parse: ParseWebhook): Set<string> {
  const statuses: MessageStatus[] = [];
  const keys = keysOf(skip, statuses, parse);
  return new Set([...keys, ...callbackDataIn(statuses)]);
}

/** The keys that are named; statuses are added to a list, since another may tell that a message failed. */
function keysOf(
  given: unknown,
  statuses: MessageStatus[],
  parse: ParseWebhook,
): string[] {
  const within = (inner: unknown) => keysOf(inner, statuses, parse);
  if (Array.isArray(given)) return (given as unknown[]).flatMap(within);
  if (typeof given === 'string' || typeof given === 'number')
    return [String(given)];
  if (isObject(given)) {
    const { key, value, callbackData } = given;
    const { sent, failed, unknown, skipped } = given;
    if (Array.isArray(given['statuses'])) return within(given['statuses']);
    if (isWebhook(given)) return within(parse(given));
    if (Array.isArray(sent) && Array.isArray(unknown))
      return within([sent, unknown, partlySent(failed), sentBefore(skipped)]);
    // Collections leave what they kept beside a key of their own.
    if (isObject(value)) return within(value);
    if (key !== undefined) return within(key);
    // Also of a message that no broadcast sent.
    if (isStatus(given)) {
      statuses.push(statusIn(given));
      return [];
    }
    if (callbackData !== undefined) return within(callbackData);
  }
  // To leave it out could send everything again.
  return refuse(
    'INVALID_OPTIONS',
    `The option skip is ${nameOf(given)}, or holds something that names no item.`,
    'Give a list of keys, what an earlier broadcast left on state.data, or the statuses of its messages.',
  );
}

/** A row that failed after a message of it was out: another try would send that again. */
const partlySent = (rows: unknown) =>
  Array.isArray(rows)
    ? (rows as FailedRow[]).filter(
        ({ messageId, error }) => messageId !== undefined && !error.retryable,
      )
    : [];

/** A row that was skipped because it had been sent before; the others are tried again. */
const sentBefore = (rows: unknown) =>
  Array.isArray(rows)
    ? (rows as SkippedRow[]).filter(
        ({ reason }) => reason === 'IN_SKIP' || reason === 'ALREADY_SENT',
      )
    : [];

/** The callback data of every message that did not fail in the end. */
function callbackDataIn(statuses: MessageStatus[]): string[] {
  const messageOf = ({ id, participant }: MessageStatus) =>
    JSON.stringify([id, participant]);
  const failed = new Set(
    statuses.filter(({ status }) => status === 'failed').map(messageOf),
  );
  return statuses.flatMap(status =>
    status.callbackData === undefined || failed.has(messageOf(status))
      ? []
      : [status.callbackData],
  );
}

/** 128 bits of the SHA-256 of its JSON. */
const hash = (value: unknown) =>
  createHash('sha256')
    .update(JSON.stringify(value) ?? 'undefined')
    .digest('hex')
    .slice(0, 32);
