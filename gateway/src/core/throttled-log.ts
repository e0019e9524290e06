import type { Logger } from './logger';

export interface ThrottledLog {
  count: (code: string, err?: unknown) => void;
}

const EVERY = 60_000;

/** Counts what may come in floods, and says so once a minute: the disk must not fill with logs. */
export function createThrottledLog(log: Logger, message: string): ThrottledLog {
  const counts = new Map<string, number>();
  let saidAt = -Infinity;
  return {
    count(code, err) {
      counts.set(code, (counts.get(code) ?? 0) + 1);
      if (performance.now() - saidAt < EVERY) return;
      saidAt = performance.now();
      const counted = Object.fromEntries(counts);
      log.warn({ counted, ...(err !== undefined && { err }) }, message);
      counts.clear();
    },
  };
}
