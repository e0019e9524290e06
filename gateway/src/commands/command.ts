import type { Environment } from '../settings/environment';

/** What can be written after the name of the program. */
export type Command = {
  summary: string;
  options: Options;
  run: (given: Arguments) => Promise<void>;
};

/** Options that take a text, each with what is written behind it in the help. */
export type Options = Record<string, { argument: string; summary: string }>;

export type Arguments = {
  values: Record<string, string | undefined>;
  /** Reads the environment and the env files, anew each time. */
  environment: () => Environment;
};
