import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { GatewayError, codeOf } from '../core/errors';
import { SETTINGS } from './definitions';
import type { Definition } from './definitions';
import { Unusable } from './schemas';
import type { Environment } from './schemas';
import { checkSettings } from './settings';
import type { Settings } from './settings';
import { misspelled } from './spelling';

/**
 * The variables of the environment and of env files. A file wins, as with
 * systemd: a process cannot be given another environment, but another file.
 */
export function readVariables(
  environment: Environment,
  files: readonly string[],
): Environment {
  const variables = { ...environment };
  for (const file of files) Object.assign(variables, readEnvFile(file));
  return variables;
}

function readEnvFile(file: string): Environment {
  try {
    return parseEnv(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new GatewayError(
      'ENV_FILE_UNREADABLE',
      `The file ${file} of --env-file cannot be read: ${codeOf(error)}.`,
      'Check the path, and that this user may read it.',
      error,
    );
  }
}

/** The settings that the environment holds, or the files that it names. */
export function readEnvironment(environment: Environment): Settings {
  return checkSettings(
    Object.keys(SETTINGS) as (keyof Settings)[],
    definition => valueOf(environment, definition),
    misspelled(environment, knownVariables()),
    environment,
  );
}

const STORE = ['databaseUrl', 'dataFolder', 'logLevel'] as const;

export type StoreSettings = Pick<Settings, (typeof STORE)[number]>;

/** Only what a command needs that works on the store. */
export function readStoreSettings(environment: Environment): StoreSettings {
  return readSome(environment, STORE);
}

/** Only these settings. */
export function readSome<Name extends keyof Settings>(
  environment: Environment,
  names: readonly Name[],
): Pick<Settings, Name> {
  return checkSettings(
    names,
    definition => valueOf(environment, definition),
    misspelled(environment, knownVariables()),
    environment,
  );
}

function knownVariables(): string[] {
  return Object.values(SETTINGS).flatMap(definition =>
    'isSecret' in definition
      ? [definition.variable, `${definition.variable}_FILE`]
      : [definition.variable],
  );
}

function valueOf(
  environment: Environment,
  { variable, isSecret }: Definition<unknown>,
): string | undefined {
  const value = environment[variable];
  const path = isSecret && environment[`${variable}_FILE`]?.trim();
  if (!path) return value;
  if (!value?.trim()) return readFile(path);
  throw new Unusable(`is set, and ${variable}_FILE too. Set only one of them.`);
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Unusable(
      `cannot be read from the file that its _FILE variable names: ${codeOf(error)}. Check the path, and that this user may read it.`,
    );
  }
}
