import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayError } from '../core/errors';

/** Milliseconds after which what is asked over HTTP is given up. */
export const READ_TIMEOUT = 5_000;

export function readTimeout(
  cause?: unknown,
  milliseconds = READ_TIMEOUT,
): GatewayError {
  return new GatewayError(
    'READ_TIMEOUT',
    `The database did not answer within ${milliseconds / 1000} seconds.`,
    'Ask for less: a shorter time, a smaller limit, or one person.',
    cause,
  );
}

/**
 * Reads within a time. What has not begun by then is not begun: `check` throws.
 * A statement that runs already cannot be stopped in the embedded store.
 */
export async function readWithin<T>(
  milliseconds: number,
  read: (check: () => void) => Promise<T>,
): Promise<T> {
  const timer = new AbortController();
  let isLate = false;
  const check = () => {
    if (isLate) throw readTimeout(undefined, milliseconds);
  };
  const limit = async (): Promise<never> => {
    await sleep(milliseconds, undefined, { signal: timer.signal });
    isLate = true;
    throw readTimeout(undefined, milliseconds);
  };
  const reading = read(check);
  // Nobody waits for it any more when it fails late.
  reading.catch(() => undefined);
  const limited = limit();
  limited.catch(() => undefined);
  try {
    return await Promise.race([reading, limited]);
  } finally {
    timer.abort();
  }
}
