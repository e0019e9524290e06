import type { Failure } from '../core/errors';
import type { Item } from './item';
import { HeldBack, isCommitted } from './item';
import type { Keys } from './keys';
import type { Clock, Deadline } from './pacing/clock';
import type { FairQueue } from './pacing/fair-queue';
import type { Pacer } from './pacing/pacer';
import { hitsOf } from './reason';

/** An item that waits for its turn. */
export type Entry = { index: number; item: Item };

/** One broadcast under way: what all its items share. */
export type Course = {
  clock: Clock;
  pacer: Pacer;
  keys: Keys;
  queue: FairQueue<Entry>;
  isDry: boolean;
  /** Milliseconds of each exchange, and how often a try was repeated. */
  exchanges: number[];
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
  /** When the broadcast ends whatever still hangs. */
  endsAtLast: number;
  isOver: () => boolean;
  /** Takes note of an error that may concern other items too. */
  meet: (error: unknown, item: Item, template?: string) => void;
  /** Whether any message came as far as to wait for its turn, and whether anything went out. */
  isTried: boolean;
  isBegun: boolean;
};

/** An item with a message out may send the rest of its messages for so much longer. */
const GRACE = 30_000;
/** What hangs so long after the deadline is not waited for: a run that is ended keeps nothing. */
const AT_LAST = 45_000;

const AT_FIRST = {
  repeated: 0,
  hasHeld: false,
  isTried: false,
  isBegun: false,
};

const createError = () => new HeldBack();

export function createCourse(
  base: Pick<Course, 'clock' | 'pacer' | 'keys' | 'queue' | 'isDry'>,
  deadline: number,
): Course {
  const { clock } = base;
  const endsAt = clock.now() + deadline;
  let isStopped = false;

  const stop = (item: Item) => {
    isStopped = true;
    // The error says nothing about this item, which can go on in another run.
    if (!isCommitted(item)) item.verdict = 'held';
    clock.wakeAll();
  };
  const latest = (item: Item) => {
    if (isCommitted(item)) return endsAt + GRACE;
    return isStopped ? -Infinity : endsAt;
  };
  const course: Course = {
    ...base,
    ...AT_FIRST,
    exchanges: [],
    uploads: new Set(),
    templates: new Map(),
    endsAtLast: endsAt + AT_LAST,
    isOver: () => isStopped || clock.now() >= endsAt,
    deadlineOf: item => ({ at: () => latest(item), createError }),
    meet: (error, item, template) => {
      const isEnd = endsIt(error, course, endsAt - clock.now());
      if (!isEnd && hitsOf(error) !== 'template') return;
      // The end of all is a better reason than that of one template.
      if (isEnd && !isStopped) course.cause = { error, item };
      course.cause ??= { error, item };
      if (isEnd) stop(item);
      else if (template !== undefined) course.templates.set(template, error);
    },
  };
  return course;
}

/** Whether an error is the end of the whole broadcast. */
function endsIt(
  error: unknown,
  { isTried, isDry }: Course,
  timeLeft: number,
): boolean {
  const { retryAfter = 0, code } = (error ?? {}) as Partial<Failure>;
  const hits = hitsOf(error);
  if (hits === 'everyone') return true;
  // The server asks for a longer wait than there is time.
  if (hits === 'rate') return retryAfter * 1000 > timeLeft;
  // A check that fails before any other was passed fails for all alike. In a
  // dry run the job wants to see all that is wrong.
  return code === 'TEMPLATE_MISMATCH' && !isTried && !isDry;
}
