import { waitUntil } from './clock';
import type { Clock, Deadline } from './clock';

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
