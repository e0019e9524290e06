import { checkText } from '../schema/check';
import { refuse, WhatsAppError } from '../core/errors';
import type { Context, Result } from '../core/operation';
import { isObject, nameOf } from '../core/values';
import type { AccountOptions } from '../types';
import { sendRequest } from './send-request';
import { factsOf } from './request';
import { readOptions } from '../core/arguments';

const UNAUTHORIZED = 401;

/**
 * Logs in at an On-Premises API. Its token takes the place of `apiToken` in
 * the credential of the next state, so that the following operations use it.
 */
export async function logIn(
  { client, data }: Context,
  username: unknown,
  password: unknown,
  given: unknown,
): Promise<Result> {
  const options = readOptions<AccountOptions>(given, ['timeout', 'retry']);
  if (!client.isOnPremises) refuseCloud();
  const login = {
    username: readText(username, 'username'),
    password: readText(password, 'password'),
  };
  const answer = await sendRequest(client, {
    method: 'POST',
    parts: ['users', 'login'],
    login,
    // A second session does no harm.
    isIdempotent: true,
    timeout: options.timeout,
    retry: options.retry,
  }).catch(refuseLogin);
  const { token, expiresAt } = readSession(answer.body);
  // The body is left out of the response, as the token is in it.
  const { body: _, ...facts } = factsOf(answer);
  return {
    // A login comes before the work of a step, whose data it must not take away.
    data,
    response: { ...facts, expiresAt },
    configuration: { apiToken: token },
  };
}

function readText(value: unknown, at: string): string {
  if (typeof value === 'string' && value !== '') {
    checkText(value);
    return value;
  }
  return refuse(
    'INVALID_LOGIN',
    `The ${at} is ${nameOf(value)}.`,
    `Give it from the credential, as in $.client.${at}.`,
  );
}

function readSession(body: unknown) {
  const users = isObject(body) ? body['users'] : undefined;
  const first: unknown = Array.isArray(users) ? users[0] : undefined;
  const { token, expires_after: end } = isObject(first) ? first : {};
  if (typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)) {
    return { token, expiresAt: readTime(end) };
  }
  throw new WhatsAppError({
    code: 'ANSWER_UNREADABLE',
    description: 'The answer to the login holds no token.',
    fix: 'Check baseUrl in the credential.',
    retryable: false,
    sent: 'no',
  });
}

/** `2027-03-01 15:29:26+00:00` as ISO time; null when it cannot be read. */
function readTime(text: unknown): string | null {
  const time =
    typeof text === 'string' ? Date.parse(text.replace(' ', 'T')) : NaN;
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

function refuseCloud(): never {
  return refuse(
    'NO_SESSIONS',
    'The Cloud API has no sessions, and the credential leads there.',
    'Put a token into apiToken. For an On-Premises API, give its baseUrl and leave phoneNumberId out.',
  );
}

function refuseLogin(error: unknown): never {
  if ((error as WhatsAppError).statusCode !== UNAUTHORIZED) throw error;
  throw new WhatsAppError(
    {
      ...(error as WhatsAppError),
      code: 'NOT_AUTHORIZED',
      description: 'The API does not accept the user name or the password.',
      fix: 'Check both in the credential; the password of a new user has to be changed first.',
    },
    error,
  );
}
