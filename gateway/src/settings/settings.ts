import { GatewayError } from '../core/errors';
import { SETTINGS } from './definitions';
import type { Definition, Settings } from './definitions';
import type { Destination } from './destination';
import { readProxies } from './proxies';
import { Unusable, parseSetting } from './schemas';
import type { Environment } from './schemas';

export type { Settings } from './definitions';

/** Finds what was given for a setting; throws `Unusable` when it cannot be had. */
type Lookup = (definition: Definition<unknown>, name: string) => unknown;

/** The variables of the settings that were given. */
type Given = Set<string>;

/** The settings, or one error that names everything that is wrong with them. */
export function readSettings(given: Record<string, unknown>): Settings {
  const names = Object.keys(SETTINGS) as (keyof Settings)[];
  const lookup: Lookup = (_definition, name) => given[name];
  return checkSettings(names, lookup, [], process.env);
}

/** The same from anywhere; `problems` are those that were found before. */
export function checkSettings<Name extends keyof Settings>(
  names: readonly Name[],
  lookup: Lookup,
  problems: readonly string[],
  environment: Environment,
): Pick<Settings, Name> {
  const found = [...problems];
  const given: Given = new Set();
  const entries = names.map(name => {
    const definition: Definition<unknown> = SETTINGS[name];
    const look = () => {
      const value = lookup(definition, name);
      if (!isMissing(value)) given.add(definition.variable);
      return value;
    };
    return [name, readOne(look, definition, found, environment)];
  });
  const settings = Object.fromEntries(entries) as Pick<Settings, Name>;
  found.push(...contradictions(settings, given, found));
  if (found.length === 0) return settings;
  throw new GatewayError(
    'INVALID_SETTINGS',
    `The gateway cannot start with these settings:\n- ${found.join('\n- ')}`,
    'Set them as environment variables, or pass them to createGateway.',
  );
}

function readOne(
  lookup: () => unknown,
  { variable, schema, what, ...rest }: Definition<unknown>,
  problems: string[],
  environment: Environment,
): unknown {
  try {
    const given = lookup();
    const own = typeof schema === 'function' ? schema(environment) : schema;
    const value = isMissing(given) ? undefined : parseSetting(own, given);
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
  {
    forward,
    forwardRaw,
    forwardEach,
    forwardOrder,
    openfnWebhookUrl,
  }: Partial<Settings>,
  given: Given,
  problems: readonly string[],
): string[] {
  const found = forward?.size ? proxyProblems() : [];
  const isNamed = problems.some(text => text.startsWith('OPENFN_WEBHOOK_URL'));
  if (given.has('ROUTES_FILE')) return [...found, ...besideRoutes(given)];
  if (forward?.size && openfnWebhookUrl === undefined && !isNamed) {
    found.push(
      'OPENFN_WEBHOOK_URL is missing. Copy it from the webhook trigger of the workflow in OpenFn, or set FORWARD=none to store and forward nothing.',
    );
  }
  if (forwardRaw && (forwardEach || forwardOrder === 'person')) {
    found.push(
      'FORWARD_RAW does not go together with FORWARD_EACH or FORWARD_ORDER=person: Meta signed the whole webhook, and verifyWebhook() would leave all of it in each run. The gateway has checked the signature already; leave FORWARD_RAW out.',
    );
  }
  return found;
}

/** Two places that say where forwards go would leave open which one holds. */
function besideRoutes(given: Given): string[] {
  const both = [...given].filter(name => /^(FORWARD|OPENFN_)/.test(name));
  if (both.length === 0) return [];
  return [
    `ROUTES_FILE takes the place of ${both.join(', ')}: move what they say into the file, and leave them out.`,
  ];
}

/** What is wrong with the proxies of the environment, through which it forwards. */
function proxyProblems(): string[] {
  try {
    readProxies();
    return [];
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    return [error.message];
  }
}

const SECOND = 1000;

type Forwarding = Pick<
  Settings,
  | 'routes'
  | 'openfnWebhookUrl'
  | 'openfnApiKey'
  | Extract<keyof Settings, `forward${string}`>
>;

/** The destinations that the settings name: those of the file of routes, or one, or none when nothing is forwarded. */
export function destinationsOf(settings: Forwarding): Destination[] {
  const { routes, openfnWebhookUrl: url, openfnApiKey: apiKey } = settings;
  if (routes !== undefined) return routes;
  if (url === undefined) return [];
  return [
    {
      ...{ name: 'default', url, apiKey, headers: {} },
      ...{ match: { kinds: [...settings.forward] }, isCopy: false },
      concurrency: settings.forwardConcurrency,
      hourlyBudget: null,
      timeout: settings.forwardTimeout * SECOND,
      accept: settings.forwardAccept,
      giveUpAfter: settings.forwardGiveUp * SECOND,
      isEach: settings.forwardEach,
      isRaw: settings.forwardRaw,
      order: settings.forwardOrder,
    },
  ];
}
