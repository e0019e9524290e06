import { createHash } from 'node:crypto';
import { isObject } from '../core/values';
import type { Message } from './message';

/** The keys of a broadcast: those done before, and those of this one. */
export type Keys = {
  /** `first` when a key is new here; it is not the next time. */
  claim: (key: string) => 'first' | 'skipped' | 'twice';
};

export function createKeys(done: ReadonlySet<string>): Keys {
  const claimed = new Set<string>();
  const claim = (key: string) => {
    if (done.has(key)) return 'skipped';
    if (claimed.has(key)) return 'twice';
    claimed.add(key);
    return 'first';
  };
  return { claim };
}

/** The key of a message that the job gave none: a hash of recipient and content. */
export function keyOfMessage({ person, body }: Message): string {
  const {
    to: _to,
    recipient: _recipient,
    biz_opaque_callback_data: _data,
    ...content
  } = body;
  return hash([person, content]);
}

/** The key of an item that sent nothing, or did not get that far. */
export function keyOfItem(value: unknown): string {
  try {
    return hash(value);
  } catch {
    // A circle, or a BigInt, which JSON cannot write.
    return hash(String(value));
  }
}

/** The keys in what a job passes as `skip`: keys, rows, statuses, or a whole result. */
export function keysIn(skip: unknown): Set<string> {
  return new Set(listsIn(skip).flatMap(keyIn));
}

function listsIn(skip: unknown): unknown[] {
  if (Array.isArray(skip)) return skip as unknown[];
  if (!isObject(skip)) return [];
  return [skip['sent'], skip['unknown']].flatMap(listsIn);
}

function keyIn(entry: unknown): string[] {
  if (isObject(entry)) return keyIn(entry['key'] ?? entry['callbackData']);
  return typeof entry === 'string' || typeof entry === 'number'
    ? [String(entry)]
    : [];
}

/** 128 bits of the SHA-256 of its JSON. */
const hash = (value: unknown) =>
  createHash('sha256')
    .update(JSON.stringify(value) ?? 'undefined')
    .digest('hex')
    .slice(0, 32);
