import { refuse } from '../core/errors';
import { isObject, nameOf } from '../core/values';
import { isSame } from './bytes';
import { asText } from './fields';

/** Meta's challenge, when the handshake carries our token. */
export function challenge(
  query: unknown,
  verifyToken: unknown,
): string | undefined {
  const expected = needToken(verifyToken);
  const token = readParameter(query, 'verify_token');
  if (readParameter(query, 'mode') !== 'subscribe') return undefined;
  if (token === undefined) return undefined;
  return isSame(Buffer.from(token), Buffer.from(expected))
    ? readParameter(query, 'challenge')
    : undefined;
}

/**
 * A parameter as a server gives it: under its name, below `hub`, or behind
 * `get`. One that came twice is no handshake of Meta's.
 */
function readParameter(query: unknown, name: string): string | undefined {
  if (typeof query !== 'object' || query === null) return undefined;
  const fields = query as Record<string, unknown>;
  const { get, hub } = fields;
  if (typeof get === 'function') {
    return asText(get.call(query, `hub.${name}`) as unknown);
  }
  return asText(
    fields[`hub.${name}`] ?? (isObject(hub) ? hub[name] : undefined),
  );
}

function needToken(verifyToken: unknown): string {
  const token = asText(verifyToken)?.trim();
  if (token) return token;
  return refuse(
    'INVALID_VERIFY_TOKEN',
    `The verify token is ${nameOf(verifyToken)}, so no handshake can be checked.`,
    'Pass the text that you chose as verify token for the webhook at Meta.',
  );
}
