import type { Clock } from './clock';
import { HeldBack, waitUntil } from './patience';
import type { Until } from './patience';

/** Lets one message at a time go to a person, spaced in time. */
export type People = {
  /** Resolves when the person is free and ours; undefined when that is so at once. */
  enter: (person: string, until: Until) => Promise<void> | undefined;
  /** Gives the person up; the next message may go then. */
  leave: (person: string, freeAt?: number) => void;
  /** Nothing to this person before then. */
  delay: (person: string, freeAt: number) => void;
};

type Person = {
  freeAt: number;
  /** Somebody has entered, or waits for the time to do so. */
  isTaken: boolean;
  waiting: (() => void)[];
};

export function createPeople(clock: Clock, spacing: number): People {
  const people = new Map<string, Person>();
  const find = (name: string) => {
    const known = people.get(name);
    if (known !== undefined) return known;
    const person = newPerson();
    people.set(name, person);
    return person;
  };
  const delay = (name: string, freeAt: number) => {
    const person = find(name);
    person.freeAt = Math.max(person.freeAt, freeAt);
    return person;
  };
  const leave = (name: string, freeAt = -Infinity) => {
    if (spacing > 0) pass(delay(name, freeAt));
  };
  // Without a distance any number may enter, but for whom Meta has refused.
  const enterFreely = (name: string, until: Until) => {
    const freeAt = () => people.get(name)?.freeAt ?? -Infinity;
    return freeAt() > clock.now() ? waitUntil(clock, freeAt, until) : undefined;
  };
  const enter = (name: string, until: Until) => {
    if (spacing === 0) return enterFreely(name, until);
    const person = find(name);
    if (person.isTaken || person.freeAt > clock.now()) {
      return wait(clock, spacing, person, until);
    }
    person.isTaken = true;
    return undefined;
  };
  return { enter, leave, delay };
}

async function wait(
  clock: Clock,
  spacing: number,
  person: Person,
  until: Until,
): Promise<void> {
  // Those in front each take their time: who would be too late need not wait.
  const ahead = person.waiting.length + Number(person.isTaken);
  const soonest = Math.max(person.freeAt, clock.now()) + ahead * spacing;
  if (soonest > until()) throw new HeldBack();
  if (person.isTaken) {
    await new Promise<void>(resolve => person.waiting.push(resolve));
  }
  person.isTaken = true;
  await waitUntil(clock, () => person.freeAt, until).catch(error => {
    pass(person);
    throw error;
  });
}

const newPerson = (): Person => ({
  freeAt: -Infinity,
  isTaken: false,
  waiting: [],
});

/** Hands a person over to the first who waits, who then still waits for the time. */
function pass(person: Person): void {
  const next = person.waiting.shift();
  if (next === undefined) person.isTaken = false;
  else next();
}
