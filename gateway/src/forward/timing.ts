/** How the forwarder waits; times in milliseconds. Tests bring a faster one. */
export type Timing = {
  /** Before the second attempt; doubled at each further one. */
  firstDelay: number;
  longestDelay: number;
  /** Between two probes of a destination that is down. */
  longestPause: number;
  /** How often to look for what other gateways stored, or what is due again. */
  poll: number;
  /** How long to wait for more when something new has come. */
  gather: number;
  /** For how long a gateway has what it took, unless it renews it. */
  lease: number;
  /** A destination that is down for so long is an alert. */
  alertAfter: number;
};

const SECOND = 1000;
const HOUR = 3600 * SECOND;

export const DEFAULT_TIMING: Timing = {
  firstDelay: SECOND,
  longestDelay: HOUR,
  longestPause: 30 * SECOND,
  poll: SECOND,
  gather: 50,
  lease: 10 * SECOND,
  alertAfter: 300 * SECOND,
};

/** Milliseconds to wait after so many failures in a row. */
export function delayAfter(
  failures: number,
  { firstDelay, longestDelay }: Timing,
): number {
  return Math.min(firstDelay * 2 ** (failures - 1), longestDelay);
}

/** Milliseconds that a message has waited for all its attempts, when so many have failed. */
export function waitedAfter(failures: number, timing: Timing): number {
  let waited = 0;
  for (let i = 1; i < failures; i++) waited += delayAfter(i, timing);
  return waited;
}
