import { setTimeout as sleep } from 'node:timers/promises';

/** Returns the first answer that is not false, null or undefined. */
export async function until<T>(
  ask: () => T | Promise<T>,
  what: string,
  milliseconds = 200_000,
): Promise<NonNullable<T>> {
  for (const end = Date.now() + milliseconds; ; await sleep(20)) {
    const answer = await ask();
    if (answer !== false && answer !== null && answer !== undefined) {
      return answer as NonNullable<T>;
    }
    if (Date.now() > end) throw new Error(`${what} did not happen`);
  }
}

export { sleep };
