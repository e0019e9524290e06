import { GatewayError } from '../errors';
import type { Replay } from '../forward/replay-jobs';
import type { ErrorBody } from '../http/failure';
import { readSome } from '../settings/environment';
import { Unusable, secureUrl } from '../settings/readers';
import type { Arguments } from './command';
import type { ReplayPlace } from './replay';

/** Replays that a running gateway does. */
export function askGateway(
  gateway: string,
  { environment }: Arguments,
): ReplayPlace {
  const keys = readSome(environment(), ['operateKey', 'gatewayKey']);
  const [key = ''] = [...keys.operateKey, ...keys.gatewayKey];
  const url = urlOf(gateway);
  const ask = async (path: string, init: RequestInit): Promise<Replay> => {
    const response = await fetch(url + path, {
      ...{ ...init, redirect: 'error' as const },
      headers: { authorization: `Bearer ${key}` },
    }).catch((error: unknown) => {
      throw notAnswered('it cannot be reached', error);
    });
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.ok && answer !== undefined) return answer as Replay;
    const { error } = (answer ?? {}) as Partial<ErrorBody>;
    if (error === undefined) throw notAnswered(`status ${response.status}`);
    throw new GatewayError(error.code, error.message, error.fix);
  };
  return {
    create: options =>
      ask('', { method: 'POST', body: JSON.stringify(options) }),
    look: id => ask(`/${id}`, {}),
  };
}

/** The key travels with it, so it is https, unless it is this machine. */
function urlOf(gateway: string): string {
  try {
    const url = secureUrl('the gateway, such as http://localhost:8080')(
      gateway,
    );
    return `${url.replace(/\/+$/, '')}/replays`;
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    throw new GatewayError(
      'INVALID_OPTION',
      `The option --gateway ${error.message}`,
      'Write it as http://localhost:8080, or as the https address that others use.',
    );
  }
}

function notAnswered(why: string, cause?: unknown): GatewayError {
  return new GatewayError(
    'GATEWAY_UNAVAILABLE',
    `The gateway did not answer: ${why}.`,
    'Check --gateway, and that the gateway runs. A replay that it has begun goes on; GET /replays lists it.',
    cause,
  );
}
