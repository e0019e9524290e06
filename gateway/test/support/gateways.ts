import { createGateway } from '../../src/index';
import type { Gateway, GatewayOptions } from '../../src/index';
import { newDataFolder } from './folders';
import { SECRET } from './payloads';

export const KEY = 'a-key-for-reading-0123456789abcdef';
export const VERIFY_TOKEN = 'a token I chose';

const running: Gateway[] = [];

/** Starts a gateway in this process, on any port, with an empty store unless told otherwise. */
export async function startGateway(
  options: Partial<GatewayOptions> = {},
): Promise<{ url: string; gateway: Gateway }> {
  const needsFolder =
    options.databaseUrl === undefined && options.dataFolder === undefined;
  const gateway = createGateway({
    verifyToken: VERIFY_TOKEN,
    appSecrets: SECRET,
    gatewayKey: KEY,
    port: 0,
    logLevel: 'silent',
    ...(needsFolder && { dataFolder: await newDataFolder() }),
    ...(options.openfnWebhookUrl === undefined &&
      options.routes === undefined && { forward: 'none' }),
    ...options,
  });
  running.push(gateway);
  const { url } = await gateway.start();
  return { url, gateway };
}

/** For `afterEach`. */
export async function stopGateways(): Promise<void> {
  for (const gateway of running.splice(0)) await gateway.stop();
}

/** Asks a gateway with its key; the answer is JSON. */
export async function ask<T = Record<string, unknown>>(
  url: string,
  path: string,
  init: RequestInit = {},
): Promise<{ status: number; body: T }> {
  const response = await fetch(url + path, {
    ...init,
    headers: { authorization: `Bearer ${KEY}`, ...init.headers },
  });
  return { status: response.status, body: (await response.json()) as T };
}
