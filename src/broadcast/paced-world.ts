import type { Failed } from '../graph/failure';
import { usageOf } from '../graph/usage';
import type { World } from '../graph/world';
import type { Course } from './course';
import type { Item } from './item';
import { hitsOf } from './reason';

/** Percent of what Meta allows, from which on everybody goes slower. */
const NEARLY_USED_UP = 95;
/** The number is being moved to a higher speed, and closed for a minute. */
const CLOSED = 131057;

// A line for each of thousands of calls would hide the lines of the job.
export const quietly = (world: World): World => ({ ...world, log: false });

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
    item.began = clock.now();
  };
  const end = (wentOut: boolean) => {
    if (hasTurn) pace.done(person, wentOut);
    hasTurn = false;
  };
  const pacing = ({ transport, random, now }: World): World => ({
    transport,
    random,
    now,
    log: false,
    turn: () => {
      const waiting = pace.turn(person, until)?.then(begin);
      if (waiting === undefined) begin();
      return waiting;
    },
    look: ({ headers }) => {
      course.exchanges.push(clock.now() - item.began);
      const isNear = (usageOf(headers) ?? 0) >= NEARLY_USED_UP;
      if (isNear) pace.slowDown(item.began);
    },
    sleep: (wait, failed) => {
      course.repeated++;
      obey(course, item, person, wait, failed);
      end(failed.certainty === 'unknown');
      return pace.pause(wait, until);
    },
  });
  return { pacing, end };
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
