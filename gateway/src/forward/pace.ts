/** How the forwarder waits; times in milliseconds. Tests bring a faster one. */
export type Pace = {
  /** Before the second attempt; doubled at each further one. */
  firstDelay: number;
  longestDelay: number;
  /** For all, after a failure that may be OpenFn's. */
  longestPause: number;
  /** After this, a forward that still fails is dead. */
  giveUpAfter: number;
  /** How often to look for what other gateways stored, or what is due again. */
  poll: number;
  /** How long to wait for more when something new has come. */
  gather: number;
};

const SECOND = 1000;
const HOUR = 3600 * SECOND;

export const PACE: Pace = {
  firstDelay: SECOND,
  longestDelay: HOUR,
  longestPause: 30 * SECOND,
  giveUpAfter: 7 * 24 * HOUR,
  poll: SECOND,
  gather: 50,
};

/** Milliseconds to wait after so many failures in a row. */
export function delayAfter(
  failures: number,
  { firstDelay, longestDelay }: Pace,
): number {
  return Math.min(firstDelay * 2 ** (failures - 1), longestDelay);
}
