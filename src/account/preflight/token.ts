import type { Client } from '../../core/client';
import type { AccountOptions } from '../../types';
import { readToken } from '../token';
import type { TokenFacts } from '../token';
import { fine, wrong } from './row';
import type { Finding } from './row';

const SCOPES = ['whatsapp_business_messaging', 'whatsapp_business_management'];
const NEW_TOKEN =
  'Make a System User token that never ends in Meta Business Settings, and put it into the credential as apiToken.';

/** Whether the token is good, for how long, and for what. */
export async function findToken(
  client: Client,
  options: AccountOptions,
): Promise<Finding> {
  const token = await readToken(client, options);
  if (!token.isValid) return wrong('The token is not valid.', NEW_TOKEN);
  const missing = SCOPES.filter(scope => !token.scopes.includes(scope));
  if (missing.length > 0) {
    return wrong(
      `The token has no ${missing.join(' and no ')}.`,
      'Add the permission to the System User, and make a new token.',
    );
  }
  return fine(`The token is valid${endOf(token)}.`);
}

function endOf({ expiresAt }: TokenFacts): string {
  return expiresAt
    ? ` until ${new Date(expiresAt * 1000).toISOString()}`
    : ' and does not end';
}
