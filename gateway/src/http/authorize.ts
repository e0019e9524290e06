import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { Settings } from '../settings/settings';
import { respondError } from './error-response';

/** What a key is for. */
export type Scope = 'read' | 'operate' | 'metrics';

/** The secrets of a gateway, which can be replaced while it runs. */
export interface Keys {
  appSecrets: string[];
  of: (scope: Scope) => readonly string[];
  replace: (secrets: Secrets) => void;
}

type Secrets = Pick<
  Settings,
  'appSecrets' | 'gatewayKey' | 'readKey' | 'operateKey' | 'metricsKey'
>;

export function createKeys(secrets: Secrets): Keys {
  let current = secrets;
  const keys: Keys = {
    appSecrets: secrets.appSecrets,
    of(scope) {
      const { gatewayKey, readKey, operateKey, metricsKey } = current;
      const own = {
        // Whoever operates the gateway sees events, and reads them.
        read: [...readKey, ...operateKey],
        operate: operateKey,
        metrics: metricsKey,
      };
      return [...gatewayKey, ...own[scope]];
    },
    replace(secrets) {
      current = secrets;
      keys.appSecrets = secrets.appSecrets;
    },
  };
  return keys;
}

const VARIABLES = {
  read: 'READ_KEY',
  operate: 'OPERATE_KEY',
  metrics: 'METRICS_KEY',
};

/** Requires a key of this scope. Without such a key, the request is refused. */
export function authorize(
  keys: Keys,
  scopeOf: Scope | ((method: string) => Scope),
): MiddlewareHandler {
  return async (context, next) => {
    const scope =
      typeof scopeOf === 'string' ? scopeOf : scopeOf(context.req.method);
    const variable = VARIABLES[scope];
    const header = context.req.header('authorization') ?? '';
    const given = /^Bearer +(\S+) *$/i.exec(header)?.[1];
    if (given !== undefined && isAmong(given, keys.of(scope))) return next();
    if (keys.of(scope).length === 0) {
      return respondError(
        context,
        403,
        'READING_DISABLED',
        `This gateway has no key for this request: neither ${variable} nor GATEWAY_KEY is set.`,
        `Set ${variable} to a long random text, and restart it.`,
      );
    }
    context.header('WWW-Authenticate', 'Bearer');
    return respondError(
      context,
      401,
      'WRONG_KEY',
      'The key of the gateway is missing or wrong.',
      `Send the header Authorization: Bearer with a key of ${variable} or GATEWAY_KEY; in a job, set gatewayKey.`,
    );
  };
}

/** For paths where GET reads and everything else changes something. */
export function byMethod(method: string): Scope {
  return method === 'GET' || method === 'HEAD' ? 'read' : 'operate';
}

/**
 * Compares with every key, so that the time does not tell which one it was, and
 * hashes first, so that it does not tell the length either.
 */
export function isAmong(given: string, keys: readonly string[]): boolean {
  const hash = digest(given);
  return keys
    .map(key => timingSafeEqual(hash, digest(key)))
    .some(isSame => isSame);
}

const digest = (text: string) => createHash('sha256').update(text).digest();
