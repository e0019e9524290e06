export interface LoginLimiter {
  /** Seconds until this address may try again; 0 when it may now. */
  wait(address: string): number;
  /** Counts a wrong key. */
  fail(address: string): void;
  /** Forgets the wrong keys of an address. */
  succeed(address: string): void;
}

const TRIES = 5;
const REFILL = 60_000;
const MOST_ADDRESSES = 10_000;

/**
 * A token bucket for each address: five wrong keys at once, then one a minute.
 * What is counted of the address heard of the longest ago is forgotten when
 * there are too many.
 */
export function createLoginLimiter(
  now = () => performance.now(),
): LoginLimiter {
  /** When the bucket of an address is full again. */
  const fullAt = new Map<string, number>();
  const debtOf = (address: string) =>
    Math.max(0, (fullAt.get(address) ?? 0) - now());

  return {
    wait(address) {
      const excess = debtOf(address) - (TRIES - 1) * REFILL;
      return Math.max(0, Math.ceil(excess / 1000));
    },
    fail(address) {
      const debt = debtOf(address) + REFILL;
      fullAt.delete(address);
      fullAt.set(address, now() + debt);
      if (fullAt.size <= MOST_ADDRESSES) return;
      const [oldest] = fullAt.keys();
      if (oldest !== undefined) fullAt.delete(oldest);
    },
    succeed: address => void fullAt.delete(address),
  };
}
