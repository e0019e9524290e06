import { createBucket } from './bucket';
import type { Clock } from './clock';
import { waitUntil } from './patience';
import type { Until } from './patience';
import { createPeople } from './people';
import { createRate } from './rate';
import { createSlots } from './slots';
import type { Slots } from './slots';

/** Who may go when. */
export type Pace = Pick<Slots, 'begin' | 'end'> & {
  /** Resolves when a message may go to this person; undefined when it may at once. */
  turn: (person: string | undefined, until: Until) => Promise<void> | undefined;
  /** What had its turn is done: the next to this person has to wait, if anything went out. */
  done: (person: string | undefined, wentOut: boolean) => void;
  /** Waits, while others go. */
  pause: (milliseconds: number, until: Until) => Promise<void>;
  /** Everybody goes slower, because of what a try that began then has met. */
  slowDown: (tryBegan: number) => void;
  /** Nobody goes for a while. */
  closeFor: (milliseconds: number) => void;
  /** Nothing goes to this person for a while. */
  delay: (person: string, milliseconds: number) => void;
  /** How often everybody was slowed down. */
  halved: () => number;
};

export type PaceOptions = {
  /** Messages a second. */
  rate: number;
  concurrency: number;
  /** Seconds between two messages to one person. */
  perRecipient: number;
};

export function createPace(clock: Clock, options: PaceOptions): Pace {
  const { concurrency, perRecipient } = options;
  const spacing = perRecipient * 1000;
  const rate = createRate(clock, options.rate);
  const bucket = createBucket(clock, rate.now);
  const people = createPeople(clock, spacing);
  // As many wait for a person as go out in one spacing: then the first goes on.
  const mostWaiting = Math.max(concurrency, options.rate * perRecipient);
  const { begin, end, lend } = createSlots(concurrency, mostWaiting);
  const inFrom = (milliseconds: number) => clock.now() + milliseconds;
  const turn = (person: string | undefined, until: Until) => {
    if (person === undefined) return bucket.take(until);
    const take = () =>
      bucket.take(until)?.catch((error: unknown) => {
        people.leave(person);
        throw error;
      });
    const waiting = people.enter(person, until);
    return waiting === undefined ? take() : lend(waiting).then(take);
  };
  const done = (person: string | undefined, wentOut: boolean) => {
    if (person === undefined) return;
    people.leave(person, wentOut ? inFrom(spacing) : undefined);
  };
  const pause = (milliseconds: number, until: Until) => {
    const over = inFrom(milliseconds);
    return lend(waitUntil(clock, () => over, until));
  };
  return {
    begin,
    end,
    turn,
    done,
    pause,
    slowDown: rate.slowDown,
    closeFor: milliseconds => bucket.close(inFrom(milliseconds)),
    delay: (person, milliseconds) => people.delay(person, inFrom(milliseconds)),
    halved: rate.halved,
  };
}
