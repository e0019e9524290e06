import type { Client } from '../core/client';
import { sendRequest } from '../graph/send-request';
import { isObject } from '../core/values';
import type { AccountOptions } from '../types';
import { deliveryOf } from './options';

/** What Meta tells of the token. */
export type TokenFacts = {
  appId?: string | undefined;
  isValid: boolean;
  /** Unix seconds; 0 or undefined when it does not end. */
  expiresAt?: number | undefined;
  scopes: string[];
};

/**
 * Asks Meta about the token. It stands in the query, as Meta wants it: so the
 * exchange itself, its path and its answer go no further than this function.
 */
export async function readToken(
  client: Client,
  options: AccountOptions,
): Promise<TokenFacts> {
  const { body } = await sendRequest(client, {
    method: 'GET',
    parts: ['debug_token'],
    query: { input_token: client.token },
    ...deliveryOf(options),
  });
  const data = isObject(body) && isObject(body['data']) ? body['data'] : {};
  const { app_id: appId, is_valid, expires_at: expiresAt, scopes } = data;
  return {
    appId: typeof appId === 'string' ? appId : undefined,
    isValid: is_valid === true,
    expiresAt: typeof expiresAt === 'number' ? expiresAt : undefined,
    scopes: Array.isArray(scopes)
      ? scopes.filter(scope => typeof scope === 'string')
      : [],
  };
}
