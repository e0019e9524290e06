import type { FairQueue } from './pacing/recipients';
import { WhatsAppError } from '../core/errors';
import type { Failure } from '../core/errors';
import type { SkipReason } from '../types';
import { errorScopeOf } from './error-scope';
import type { Keys } from './item-key';
import type { Message } from './message';
import type { Clock, Deadline } from './pacing/clock';
import type { Pacer } from './pacing/pacer';

/** What came of one message. */
export type MessageOutcome =
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
  messages: MessageOutcome[];
  /** It made a request that is no message, such as an upload. */
  hasRequested: boolean;
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
  endReason?: EndReason;
};

/** `held`: left for another run; or the reason to skip it. */
export type EndReason = 'held' | SkipReason;

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

export const createItem = (value: unknown): Item => ({
  value,
  messages: [],
  hasRequested: false,
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

/** An item that waits for its turn. */
export type Entry = { index: number; item: Item };

/** The state of one broadcast: what all its items share. */
export type RunState = {
  clock: Clock;
  pacer: Pacer;
  keys: Keys;
  queue: FairQueue<Entry>;
  isDry: boolean;
  /** Milliseconds until each response, and how often a try was repeated. */
  responseTimes: number[];
  repeated: number;
  /** The first error because of which something was held back, and the item that met it. */
  cause?: { error: unknown; item: Item };
  /** The IDs of what was uploaded on the way. */
  uploads: Set<string>;
  /** Whether anything was held back that no template is the reason for. */
  hasHeld: boolean;
  /** Templates that cannot be sent, and the error that said so. */
  templates: Map<string, unknown>;
  /** How long an item may wait. */
  deadlineOf: (item: Item) => Deadline;
  /** When the broadcast no longer waits for what hangs. */
  abandonedAt: number;
  isOver: () => boolean;
  /** Notes an error that may concern other items too. */
  noteError: (error: unknown, item: Item, template?: string) => void;
  /** Whether any message came as far as to wait for its turn, and whether anything went out. */
  isTried: boolean;
  isBegun: boolean;
};

/** An item with a message out may send the rest of its messages for so much longer. */
const GRACE = 30_000;
/** What hangs so long after the deadline is not waited for: a run that is ended keeps nothing. */
const HANG_LIMIT = 45_000;

const INITIAL = {
  repeated: 0,
  hasHeld: false,
  isTried: false,
  isBegun: false,
};

const createError = () => new HeldBack();

export function createRunState(
  base: Pick<RunState, 'clock' | 'pacer' | 'keys' | 'queue' | 'isDry'>,
  deadline: number,
): RunState {
  const { clock } = base;
  const endsAt = clock.now() + deadline;
  let isStopped = false;

  const stop = (item: Item) => {
    isStopped = true;
    // The error says nothing about this item, which can go on in another run.
    if (!isCommitted(item)) item.endReason = 'held';
    clock.wakeAll();
  };
  const latest = (item: Item) => {
    if (isCommitted(item)) return endsAt + GRACE;
    return isStopped ? -Infinity : endsAt;
  };
  const run: RunState = {
    ...base,
    ...INITIAL,
    responseTimes: [],
    uploads: new Set(),
    templates: new Map(),
    abandonedAt: endsAt + HANG_LIMIT,
    isOver: () => isStopped || clock.now() >= endsAt,
    deadlineOf: item => ({ at: () => latest(item), createError }),
    noteError: (error, item, template) => {
      const isEnd = endsRun(error, run, endsAt - clock.now());
      if (!isEnd && errorScopeOf(error) !== 'template') return;
      // The end of all is a better reason than that of one template.
      if (isEnd && !isStopped) run.cause = { error, item };
      run.cause ??= { error, item };
      if (isEnd) stop(item);
      else if (template !== undefined) run.templates.set(template, error);
    },
  };
  return run;
}

/** Whether an error is the end of the whole broadcast. */
function endsRun(
  error: unknown,
  { isTried, isDry }: RunState,
  timeLeft: number,
): boolean {
  const { retryAfter = 0, code } = (error ?? {}) as Partial<Failure>;
  const scope = errorScopeOf(error);
  if (scope === 'everyone') return true;
  // The server asks for a longer wait than there is time.
  if (scope === 'rate') return retryAfter * 1000 > timeLeft;
  // A check that fails before any other was passed fails for all alike. In a
  // dry run the job wants to see all that is wrong.
  return code === 'TEMPLATE_MISMATCH' && !isTried && !isDry;
}
