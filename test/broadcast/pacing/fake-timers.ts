import type { Timers } from '../../../src/broadcast/pacing/clock';

type Timer = { at: number; callback: () => void };

/** Time that passes only when it is told to. A timer may come late, as Node's do. */
export function fakeTimers(lateness: () => number = () => 0) {
  let time = 0;
  const waiting = new Set<Timer>();

  const timers: Timers = {
    now: () => time,
    after: (milliseconds, callback) => {
      const timer = { at: time + milliseconds + lateness(), callback };
      waiting.add(timer);
      return () => void waiting.delete(timer);
    },
  };
  const next = () =>
    [...waiting].reduce<Timer | undefined>(
      (first, timer) => (first && first.at <= timer.at ? first : timer),
      undefined,
    );
  /** Lets time pass until nobody waits any more, or until then. */
  const pass = async (until = Infinity) => {
    for (;;) {
      // All that can go on does so first.
      do await new Promise(resolve => setImmediate(resolve));
      while (process.getActiveResourcesInfo().includes('Immediate'));
      const timer = next();
      if (timer === undefined || timer.at > until) break;
      waiting.delete(timer);
      time = Math.max(time, timer.at);
      timer.callback();
    }
    if (until < Infinity) time = Math.max(time, until);
  };
  return { timers, pass };
}
