import { GatewayError } from '../core/errors';
import type { ErrorBody } from '../http/error-response';
import { Unusable, parseSetting, secureUrl } from '../settings/schemas';
import type { Settings } from '../settings/settings';

/** A gateway that runs, as a command asks it. */
export type RunningGateway = { url: string; key: string };

/** The settings that tell where it is, unless --gateway does, and its key. */
export const ADDRESS = ['host', 'port', 'operateKey', 'gatewayKey'] as const;

export const GATEWAY_OPTION = {
  argument: ' URL',
  summary: 'asks this running gateway, with OPERATE_KEY or GATEWAY_KEY',
};

/** What to know about one that has the folder of a command, and does not answer. */
export const HAS_FOLDER =
  'It has the folder of GATEWAY_DATA; you can also stop it, and run this again.';

export function gatewayAt(
  option: string | undefined,
  {
    host,
    port,
    operateKey,
    gatewayKey,
  }: Pick<Settings, (typeof ADDRESS)[number]>,
): RunningGateway {
  const name = host.includes(':') ? `[${host}]` : host;
  const url = option === undefined ? `http://${name}:${port}` : readUrl(option);
  return { url, key: [...operateKey, ...gatewayKey][0] ?? '' };
}

/** The key travels with it, so it is https, unless it is this machine. */
function readUrl(given: string): string {
  try {
    return parseSetting(secureUrl('the gateway'), given).replace(/\/+$/, '');
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    throw new GatewayError(
      'INVALID_OPTION',
      `The option --gateway ${error.message}`,
      'Write it as http://localhost:8080, or as the https address that others use.',
    );
  }
}

/** Its answer when it is a success, else its error. `advice` is what to know when it does not answer. */
export async function askGateway(
  { url, key }: RunningGateway,
  path: string,
  init: RequestInit = {},
  advice = '',
): Promise<Response> {
  const unreachable = (how: string, cause?: unknown) =>
    new GatewayError(
      'GATEWAY_UNREACHABLE',
      `The gateway did not answer at ${url}${path}: ${how}.`,
      `Check --gateway, or HOST and PORT, and that the gateway runs. ${advice}`.trim(),
      cause,
    );
  const response = await fetch(url + path, {
    ...{ ...init, redirect: 'error' as const },
    headers: { authorization: `Bearer ${key}` },
  }).catch((error: unknown) => {
    throw unreachable('it cannot be reached', error);
  });
  if (response.ok) return response;
  const answer: unknown = await response.json().catch(() => undefined);
  const { error } = (answer ?? {}) as Partial<ErrorBody>;
  if (error === undefined) throw unreachable(`status ${response.status}`);
  throw new GatewayError(error.code, error.message, error.fix);
}
