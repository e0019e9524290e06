import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '../core/log';
import type { Failed } from './failure';
import { send } from './transport';
import type { Transport, WireAnswer } from './transport';

/** What came of a call. */
export type Exchange = {
  method: string;
  path: string;
  statusCode: number;
  statusMessage: string;
  headers: WireAnswer['headers'];
  /** Milliseconds, waits between tries included. */
  duration: number;
  attempts: number;
  body: unknown;
};

/** What a client needs of the world; tests and broadcasts bring their own. */
export type World = {
  transport: Transport;
  /** Waits before a repetition; the failure is its reason. */
  sleep: (milliseconds: number, failed: Failed) => Promise<unknown>;
  random: () => number;
  now: () => number;
  /** Resolves when the next try may be made; undefined when it may be made at once. */
  turn?: () => Promise<void> | undefined;
  /** Is shown each answer as it comes. */
  look?: (answer: WireAnswer) => void;
  /** Where the line of each try goes; `false` when nobody reads it. */
  log?: ((line: string) => void) | false;
};

export const live: World = {
  transport: send,
  sleep: milliseconds => sleep(milliseconds),
  random: Math.random,
  now: Date.now,
  log,
};
