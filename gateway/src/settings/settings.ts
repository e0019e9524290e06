import { GatewayError } from '../errors';
import { SETTINGS } from './definitions';
import type { Definition, Settings } from './definitions';
import { Unusable } from './readers';

export type { Settings } from './definitions';

/** The settings among the variables of the environment, unread. */
export function fromEnvironment(
  environment: NodeJS.ProcessEnv,
): Record<string, unknown> {
  const entries = Object.entries(SETTINGS).map(([name, { variable }]) => [
    name,
    environment[variable],
  ]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}

/** The settings, or one error that names everything that is wrong with them. */
export function readSettings(given: Record<string, unknown>): Settings {
  const problems: string[] = [];
  const entries = Object.entries(SETTINGS).map(([name, definition]) => {
    const value = readOne(given[name], definition, problems);
    return [name, value];
  });
  const settings = Object.fromEntries(entries) as Settings;
  problems.push(...contradictions(settings, given));
  if (problems.length === 0) return settings;
  throw new GatewayError(
    'INVALID_SETTINGS',
    `The gateway cannot start with these settings:\n- ${problems.join('\n- ')}`,
    'Set them as environment variables, or pass them to createGateway.',
  );
}

function readOne(
  given: unknown,
  { variable, read, what, ...rest }: Definition<unknown>,
  problems: string[],
): unknown {
  try {
    const value = isMissing(given) ? undefined : read(given);
    if (!isMissing(value)) return value;
    if ('otherwise' in rest) return rest.otherwise;
    problems.push(`${variable} is missing. ${what}`);
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    problems.push(`${variable} ${error.message}`);
  }
  return undefined;
}

function isMissing(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return Array.isArray(value) ? value.length === 0 : value === '';
}

/** What does not go together; what cannot be read has been named already. */
function contradictions(
  { forward }: Partial<Settings>,
  { openfnWebhookUrl }: Record<string, unknown>,
): string[] {
  if (!forward?.size || !isMissing(openfnWebhookUrl)) return [];
  return [
    'OPENFN_WEBHOOK_URL is missing. Copy it from the webhook trigger of the workflow in OpenFn, or set FORWARD=none to store and forward nothing.',
  ];
}
