import { WhatsAppError } from '../core/errors';
import type { SkipReason } from '../types';
import type { Message } from './message';

/** What came of one message. */
export type Passed =
  | { outcome: 'sent'; messageId: string }
  | { outcome: 'failed' | 'unknown'; error: unknown };

/** What is known of an item while its operation runs. */
export type Item = {
  value: unknown;
  /** Its name: given by the job, or made of its first message. */
  key?: string;
  /** The recipient of its first message. */
  to?: string;
  /** The callback data of its first message, when the job gave its own. */
  callbackData?: string;
  messages: Passed[];
  /** It made a call that is no message, such as an upload. */
  hasCalled: boolean;
  /** A read receipt of it went out, which is a message to nobody. */
  hasReceipt: boolean;
  /** Operations and messages that are not done with, and messages that are on their way. */
  open: number;
  underWay: number;
  /** Waits for the last of these. */
  whenDone?: () => void;
  /** Its row is made: nothing may go out any more. */
  hasEnded: boolean;
  /** A dry run did not make a request of its operation; if that was a message, this one. */
  isUnsent: boolean;
  dryMessage?: Message;
  /** When the latest try of a message began. */
  began: number;
  /** Why its operation was ended before anything went out. */
  verdict?: Verdict;
};

/** `held`: left for another run; or the reason to skip it. */
export type Verdict = 'held' | SkipReason;

/** The broadcast will not send this message any more; its item is left for another run. */
export class HeldBack extends WhatsAppError {
  constructor() {
    super({
      code: 'HELD_BACK',
      description: 'The broadcast ended before the turn of this message.',
      fix: 'Pass what is remaining to the next run. An item of which a message is out is not among that: send the rest of it by itself.',
      retryable: true,
      sent: 'no',
    });
  }
}

export const newItem = (value: unknown): Item => ({
  value,
  messages: [],
  hasCalled: false,
  hasReceipt: false,
  open: 0,
  underWay: 0,
  hasEnded: false,
  isUnsent: false,
  began: 0,
});

/** One of its operations or messages is done with. */
export function closeOne(item: Item): void {
  if (--item.open === 0) item.whenDone?.();
}

/** Something of it is out, or may be: it cannot be left for another run. */
export const isCommitted = ({ messages }: Item): boolean =>
  messages.some(({ outcome }) => outcome !== 'failed');

/** Whether an error leaves open what happened. */
export const isUnknown = (error: unknown): boolean =>
  (error as Partial<WhatsAppError> | undefined)?.sent === 'maybe';
