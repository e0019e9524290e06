import { isObject } from '../../core/values';

import { waitUntil } from './clock';
import type { Clock, Deadline } from './clock';

// What recipients wait for: the time between two messages, and the turn of the others.

/** Lets one message at a time go to a recipient, spaced in time. */
export type RecipientSpacing = {
  /** Resolves when the recipient is free and taken for this message; undefined when that is so at once. */
  enter: (recipient: string, deadline: Deadline) => Promise<void> | undefined;
  /** Gives the recipient up; the next message may go then. */
  leave: (recipient: string, freeAt?: number) => void;
  /** Nothing goes to this recipient before then. */
  delay: (recipient: string, freeAt: number) => void;
};

type Recipient = {
  freeAt: number;
  /** A message has entered, or waits for the time to do so. */
  isTaken: boolean;
  waiting: (() => void)[];
};

export function createRecipientSpacing(
  clock: Clock,
  spacing: number,
): RecipientSpacing {
  const recipients = new Map<string, Recipient>();
  const find = (name: string) => {
    const known = recipients.get(name);
    if (known !== undefined) return known;
    const recipient = newRecipient();
    recipients.set(name, recipient);
    return recipient;
  };
  const delay = (name: string, freeAt: number) => {
    const recipient = find(name);
    recipient.freeAt = Math.max(recipient.freeAt, freeAt);
    return recipient;
  };
  const leave = (name: string, freeAt = -Infinity) => {
    if (spacing > 0) pass(delay(name, freeAt));
  };
  // Without a spacing any number may enter, unless the recipient was delayed.
  const enterFreely = (name: string, deadline: Deadline) => {
    const freeAt = () => recipients.get(name)?.freeAt ?? -Infinity;
    return freeAt() > clock.now()
      ? waitUntil(clock, freeAt, deadline)
      : undefined;
  };
  const enter = (name: string, deadline: Deadline) => {
    if (spacing === 0) return enterFreely(name, deadline);
    const recipient = find(name);
    if (recipient.isTaken || recipient.freeAt > clock.now()) {
      return wait(clock, spacing, recipient, deadline);
    }
    recipient.isTaken = true;
    return undefined;
  };
  return { enter, leave, delay };
}

async function wait(
  clock: Clock,
  spacing: number,
  recipient: Recipient,
  deadline: Deadline,
): Promise<void> {
  // Each message in front takes its time: one that would be too late need not wait.
  const ahead = recipient.waiting.length + Number(recipient.isTaken);
  const soonest = Math.max(recipient.freeAt, clock.now()) + ahead * spacing;
  if (soonest > deadline.at()) throw deadline.createError();
  if (recipient.isTaken) {
    await new Promise<void>(resolve => recipient.waiting.push(resolve));
  }
  recipient.isTaken = true;
  await waitUntil(clock, () => recipient.freeAt, deadline).catch(error => {
    pass(recipient);
    throw error;
  });
}

const newRecipient = (): Recipient => ({
  freeAt: -Infinity,
  isTaken: false,
  waiting: [],
});

/** Hands a recipient over to the first message that waits, which then still waits for the time. */
function pass(recipient: Recipient): void {
  const next = recipient.waiting.shift();
  if (next === undefined) recipient.isTaken = false;
  else next();
}

type Path = string[];

/** So many digits at the end tell recipients apart, with or without the country code before them. */
const TAIL = 7;
/** How far a recipient is looked for in an item. */
const MAX_FIELDS = 200;
const MAX_DEPTH = 6;

/**
 * Fair queuing: the first message to every recipient goes before the second to
 * any. The first messages show which field of an item holds its recipient. When
 * no field does, or the wrong one is found, only the order changes.
 */
export class FairQueue<Entry> {
  private field: Path | undefined;
  private readonly begun = new Set<string>();
  /** What had begun before the field was known. */
  private early: unknown[] = [];
  private readonly deferred = new Map<string, Entry[]>();

  constructor(private readonly items: unknown[]) {}

  /** Notes the recipient of the message that was sent for an item. */
  learn(item: unknown, recipient: string): void {
    if (this.field !== undefined) return;
    const paths = pathsTo(tailOf(recipient), item);
    if (paths.length === 0) return;
    this.field = mostDistinct(paths, this.items);
    for (const each of this.early) this.note(each);
    this.early = [];
  }

  /** Whether an item has to wait because its recipient had another one; its entry is kept then. */
  defer(item: unknown, entry: Entry): boolean {
    const recipient = this.recipientOf(item);
    if (recipient === undefined || !this.begun.has(recipient)) {
      this.note(item);
      return false;
    }
    const waiting = this.deferred.get(recipient);
    if (waiting === undefined) this.deferred.set(recipient, [entry]);
    else waiting.push(entry);
    return true;
  }

  /** All that had to wait: one of each recipient, then the next of each, and so on. */
  *rounds(): Generator<Entry> {
    let queues = [...this.deferred.values()];
    for (let round = 0; queues.length > 0; round++) {
      queues = queues.filter(waiting => waiting.length > round);
      for (const waiting of queues) yield waiting[round]!;
    }
  }

  private note(item: unknown): void {
    const recipient = this.recipientOf(item);
    if (recipient !== undefined) this.begun.add(recipient);
    else if (this.field === undefined) this.early.push(item);
  }

  private recipientOf(item: unknown): string | undefined {
    return this.field && recipientAt(this.field, item);
  }
}

/** The fields of an item that hold a recipient. */
function pathsTo(recipient: string | undefined, item: unknown): Path[] {
  const found: Path[] = [];
  if (recipient === undefined) return found;
  let fields = 0;
  const look = (inner: unknown, path: Path) => {
    if (++fields > MAX_FIELDS || path.length > MAX_DEPTH) return;
    if (tailOf(inner) === recipient) found.push(path);
    if (!isObject(inner) && !Array.isArray(inner)) return;
    for (const key of Object.keys(inner)) {
      look((inner as Record<string, unknown>)[key], [...path, key]);
    }
  };
  try {
    look(item, []);
  } catch {
    // What cannot be read has no recipient.
  }
  return found;
}

/** The field that tells the most recipients apart: a clinic's number is the same in many items. */
function mostDistinct(paths: Path[], items: unknown[]): Path | undefined {
  if (paths.length < 2) return paths[0];
  const countOf = (path: Path) =>
    new Set(items.map(item => recipientAt(path, item))).size;
  const counted = paths.map(path => ({ path, count: countOf(path) }));
  return counted.reduce((a, b) => (b.count > a.count ? b : a)).path;
}

function recipientAt(path: Path, value: unknown): string | undefined {
  try {
    let inner = value;
    for (const key of path) {
      if (typeof inner !== 'object' || inner === null) return undefined;
      inner = (inner as Record<string, unknown>)[key];
    }
    return tailOf(inner);
  } catch {
    return undefined;
  }
}

/** The last digits of a number; IDs of users and groups have letters, and are kept. */
function tailOf(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value);
  if (/\p{L}/u.test(text)) return text;
  const digits = text.replace(/\D/g, '');
  return digits.length < TAIL ? undefined : digits.slice(-TAIL);
}
