import type { FailedTry, Transport, WireResponse } from './wire';

/** What came of a call. */
export type ApiResponse = {
  method: string;
  path: string;
  statusCode: number;
  statusMessage: string;
  headers: WireResponse['headers'];
  /** Milliseconds, waits between tries included. */
  duration: number;
  attempts: number;
  body: unknown;
};

/** What sends, waits and tells the time; tests and broadcasts bring their own. */
export type Runtime = {
  transport: Transport;
  /** Waits before a repetition; the failure is its reason. */
  sleep: (milliseconds: number, failed: FailedTry) => Promise<unknown>;
  random: () => number;
  now: () => number;
  /** Resolves when the next try may be made; undefined when it may be made at once. */
  turn?: () => Promise<void> | undefined;
  /** Is shown each answer as it comes. */
  look?: (answer: WireResponse) => void;
  /** Where the line of each try goes; `false` when nobody reads it. */
  log?: ((line: string) => void) | false;
};
