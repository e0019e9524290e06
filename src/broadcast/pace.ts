import type { Clock } from './clock';
import { waitUntil } from './patience';
import type { Until } from './patience';
import { createPeople } from './people';
import { sharedRateLimiters } from './rate-limiter';
import { createSlots } from './slots';
import type { Lender, Slots } from './slots';
import { Tokens } from './tokens';

/** Who may go when. */
export type Pace = Pick<Slots, 'begin' | 'end'> & {
  tokens: Tokens;
  /** Resolves when a message may go to this person; undefined when it may at once. */
  turn: (
    person: string | undefined,
    until: Until,
    lender?: Lender,
  ) => Promise<void> | undefined;
  /** What had its turn is done: the next to this person has to wait, if anything went out. */
  done: (person: string | undefined, wentOut: boolean) => void;
  /** Waits, while others go. */
  pause: (milliseconds: number, until: Until, lender?: Lender) => Promise<void>;
  /** Nothing goes to this person for a while. */
  delay: (person: string, milliseconds: number) => void;
};

/** So many operations may wait that have only begun to send: each takes 15 kB. */
const MOST_LIGHT = 2000;

export type PaceOptions = {
  /** Messages a second, of each phone number. */
  rate: number;
  concurrency: number;
  /** Seconds between two messages to one person. */
  perRecipient: number;
};

export function createPace(
  clock: Clock,
  { rate, concurrency, perRecipient }: PaceOptions,
  limiters = sharedRateLimiters,
): Pace {
  const spacing = perRecipient * 1000;
  const people = createPeople(clock, spacing);
  // What was uploaded may still be in memory. So only as many wait then as go
  // out in one spacing, after which the first goes on.
  const mostHeavy = Math.max(concurrency, rate * perRecipient);
  const mostLight = Math.max(MOST_LIGHT, mostHeavy);
  const { begin, end, lend } = createSlots(concurrency, mostLight, mostHeavy);
  const tokens = new Tokens(clock, rate, limiters);
  const inFrom = (milliseconds: number) => clock.now() + milliseconds;
  const turn = (person: string | undefined, until: Until, lender?: Lender) => {
    if (person === undefined) return undefined;
    const waiting = people.enter(person, until);
    return waiting && lend(waiting, lender);
  };
  const done = (person: string | undefined, wentOut: boolean) => {
    if (person === undefined) return;
    people.leave(person, wentOut ? inFrom(spacing) : undefined);
  };
  const pause = (milliseconds: number, until: Until, lender?: Lender) => {
    const over = inFrom(milliseconds);
    return lend(
      waitUntil(clock, () => over, until),
      lender,
    );
  };
  const delay = (person: string, milliseconds: number) =>
    people.delay(person, inFrom(milliseconds));
  return { begin, end, tokens, turn, done, pause, delay };
}
