/** Timers as Node has them; tests bring their own. */
export type Timers = {
  /** Milliseconds that never jump. */
  now: () => number;
  /** Calls back after a while; returns a function that cancels the call. */
  after: (milliseconds: number, callback: () => void) => () => void;
};

/** The time of one broadcast, whose sleepers can all be woken at once. */
export type Clock = {
  now: () => number;
  sleep: (milliseconds: number) => Promise<void>;
  /** Wakes everything that sleeps now, to check again what it waits for. */
  wakeAll: () => void;
};

const live: Timers = {
  now: () => performance.now(),
  after: (milliseconds, callback) => {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** The longest delay that Node's timers take; a longer sleep is made of several. */
const LONGEST = 2 ** 31 - 1;

export function createClock({ now, after }: Timers = live): Clock {
  const sleepers = new Set<() => void>();
  const sleep = (milliseconds: number) =>
    new Promise<void>(resolve => {
      const wake = () => {
        cancel();
        sleepers.delete(wake);
        resolve();
      };
      // Timers count whole milliseconds, and cut off what is more.
      const cancel = after(Math.min(Math.ceil(milliseconds), LONGEST), wake);
      sleepers.add(wake);
    });
  const wakeAll = () => [...sleepers].forEach(wake => wake());
  return { now, sleep, wakeAll };
}

/** How long something may wait. */
export type Deadline = {
  /** The time until which it may wait; it can change meanwhile. */
  at: () => number;
  /** Why it does not wait any longer. */
  createError: () => Error;
};

export const NO_DEADLINE: Deadline = {
  at: () => Infinity,
  createError: () => new Error('The time is over'),
};

/** Waits for a time, which can change as well; fails at once when it is after the deadline. */
export async function waitUntil(
  clock: Clock,
  time: () => number,
  deadline: Deadline,
): Promise<void> {
  for (;;) {
    const now = clock.now();
    const at = time();
    if (Math.max(at, now) > deadline.at()) throw deadline.createError();
    if (at <= now) return;
    await clock.sleep(at - now);
  }
}
