import type { Logger } from '../logger';

const EVERY = 2_000;

/** Logs how far something is, now and then. */
export function createProgress(
  log: Logger,
  message: string,
): (facts: Record<string, number | string>) => void {
  let saidAt = -Infinity;
  return facts => {
    if (performance.now() - saidAt < EVERY) return;
    saidAt = performance.now();
    log.info(facts, message);
  };
}
