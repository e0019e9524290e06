/** Timers as Node has them; tests bring their own. */
export type Timers = {
  /** Milliseconds that never jump. */
  now: () => number;
  /** Calls back after a while; gives what calls that off. */
  after: (milliseconds: number, call: () => void) => () => void;
};

/** The time of one broadcast, whose sleepers can all be woken at once. */
export type Clock = {
  now: () => number;
  sleep: (milliseconds: number) => Promise<void>;
  /** Wakes everybody who sleeps now, to see for themselves what has changed. */
  wakeAll: () => void;
};

const live: Timers = {
  now: () => performance.now(),
  after: (milliseconds, call) => {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** Node's timers know no longer time; who sleeps wakes, and sleeps again. */
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
