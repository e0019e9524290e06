import type { Failed } from '../graph/failure';
import type { WireAnswer } from '../graph/transport';
import { usageOf } from '../graph/usage';
import type { World } from '../graph/world';
import type { Course } from './course';
import type { Item } from './item';
import { waitUntil } from './patience';
import { hitsOf } from './reason';

/** Percent of what Meta allows, from which on everybody goes slower. */
const NEARLY_USED_UP = 95;
/** The number is being moved to a higher speed, and closed for a minute. */
const CLOSED = 131057;

/**
 * For what is no message: it waits for no turn, and no longer than there is
 * time. It keeps its slot, as others may wait in theirs for what it fetches.
 */
export const patiently =
  ({ clock, until }: Course, item: Item) =>
  (world: World): World => ({
    ...world,
    log: false,
    sleep: wait => {
      const over = clock.now() + wait;
      return waitUntil(
        clock,
        () => over,
        () => until(item),
      );
    },
  });

/** The turns of one message. */
export type Turns = {
  /** The world of the client, where each try waits for its turn. */
  pacing: (world: World) => World;
  /** The message is done with. */
  end: (wentOut: boolean) => void;
};

export function turnsOf(
  course: Course,
  item: Item,
  person: string | undefined,
): Turns {
  const { clock, pace } = course;
  const until = () => course.until(item);
  let hasTurn = false;
  const begin = () => {
    hasTurn = true;
    item.underWay++;
    item.began = clock.now();
  };
  const end = (wentOut: boolean) => {
    if (!hasTurn) return;
    pace.done(person, wentOut);
    hasTurn = false;
    item.underWay--;
  };
  const pacing = ({ transport, random, now }: World): World => ({
    transport,
    random,
    now,
    // A line for each of thousands of calls would hide the lines of the job.
    log: false,
    turn: () => {
      const waiting = pace.turn(person, until)?.then(begin);
      if (waiting === undefined) begin();
      return waiting;
    },
    look: answer => look(course, item, answer),
    sleep: (wait, failed) => {
      course.repeated++;
      obey(course, item, person, wait, failed);
      end(failed.certainty === 'unknown');
      return pace.pause(wait, until);
    },
  });
  return { pacing, end };
}

/** Notes how long an answer took, and slows down when it says that nearly all is used up. */
function look(
  { clock, pace, exchanges }: Course,
  { began }: Item,
  { headers }: WireAnswer,
): void {
  exchanges.push(clock.now() - began);
  const isNear = (usageOf(headers) ?? 0) >= NEARLY_USED_UP;
  if (isNear) pace.slowDown(began);
}

/** Does to everybody, or to this person, what a refusal asks for. */
function obey(
  { pace }: Course,
  { began }: Item,
  person: string | undefined,
  wait: number,
  { error, metaCode, retryAfter }: Failed,
): void {
  const hits = hitsOf(error);
  if (hits === 'person' && person !== undefined) pace.delay(person, wait);
  if (hits !== 'rate') return;
  pace.slowDown(began);
  if (retryAfter !== undefined || metaCode === CLOSED) pace.closeFor(wait);
}
