import { GatewayError } from '../core/errors';
import type { Logger } from '../core/logger';
import type { Environment } from '../settings/schemas';

/** What can be written after the name of the program. */
export type Command = {
  summary: string;
  /** A word behind the name of the command, as it is written in the help. */
  word?: string;
  options: Options;
  run: (given: Arguments) => Promise<void>;
};

/** Each with what is written behind it in the help; without that it takes no text. */
export type Options = Record<string, { argument: string; summary: string }>;

export type Arguments = {
  values: Record<string, string | undefined>;
  /** Options without a text that were given. */
  flags: ReadonlySet<string>;
  word: string | undefined;
  /** Reads the environment and the env files, anew each time. */
  environment: () => Environment;
};

/** An option without which a command can do nothing. */
export function needOption(
  values: Arguments['values'],
  name: string,
  what: string,
): string {
  const value = values[name];
  if (value) return value;
  throw new GatewayError(
    'OPTION_MISSING',
    `The option --${name} is missing: ${what}.`,
    'openfn-whatsapp-gateway --help lists commands and options.',
  );
}

const EVERY = 2_000;

/** Logs how far something is, now and then. */
export function createProgressLog(
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
