import type { Client } from '../core/client';
import { checkText } from '../schema/check';
import { sendRequest } from './send-request';
import type { ApiRequest, ApiResponse, Runtime } from './api-request';
import { WhatsAppError } from '../core/errors';
import { readPages } from './pages';
import type { Extent, Listed } from './pages';

// The gateway is a server of its own: its address, its key, its errors.

// The most that it gives at once. A page of its conversations costs it the same, however long it is.
const PAGE = 1000;

type Question = Pick<ApiRequest, 'query' | 'timeout' | 'retry'>;

/** What the gateway answers at a path; that it does not know a message is an answer too. */
export async function askGateway(
  client: Client,
  path: readonly string[],
  question: Question,
  runtime?: Runtime,
): Promise<ApiResponse> {
  const call = {
    ...callOf(client, path, question),
    method: 'GET',
    isPartial: (body: string) => body.includes('"UNKNOWN_MESSAGE"'),
  };
  return sendRequest(client, call, runtime).catch(tellInItsWords);
}

/** A list of the gateway; `total` is how many there are, when it tells that or all of them are listed. */
export async function listAtGateway(
  client: Client,
  path: readonly string[],
  question: Question,
  extent: Extent,
  runtime?: Runtime,
): Promise<Listed> {
  const call = callOf(client, path, question);
  const whole = { ...extent, page: PAGE };
  const { items, response } = await readPages(
    client,
    call,
    whole,
    runtime,
  ).catch(tellInItsWords);
  const isWhole = extent.after === undefined && !response.hasNext;
  const total = response.total ?? (isWhole ? items.length : undefined);
  return {
    items,
    response: { ...response, ...(total !== undefined && { total }) },
  };
}

function callOf(
  client: Client,
  path: readonly string[],
  question: Question,
): Omit<ApiRequest, 'method'> {
  const { base, token } = client.gateway;
  // Encoded here, because the ID of a message may hold a slash.
  path.forEach(checkText);
  const below = path.map(encodeURIComponent).join('/');
  return {
    ...question,
    parts: [],
    server: { base: { ...base, path: `${base.path}/${below}` }, token },
  };
}

/** The client speaks of Meta and its credential; here it is the gateway that failed. */
function tellInItsWords(error: unknown): never {
  const { code, statusCode, retryable } = error as WhatsAppError;
  if (statusCode === undefined && !UNREACHED.includes(code)) throw error;
  throw new WhatsAppError(
    {
      ...(WORDS[statusCode ?? 0] ?? UNAVAILABLE),
      ...(statusCode !== undefined && { statusCode }),
      ...(retryable !== undefined && { retryable }),
      sent: 'no',
    },
    error,
  );
}

const UNREACHED = [
  'CONNECTION_FAILED',
  'CONNECTION_LOST',
  'CONNECTION_UNTRUSTED',
  'TIMEOUT',
];

const WRONG_KEY = {
  code: 'NOT_AUTHORIZED',
  description: 'The gateway does not accept the key.',
  fix: 'Set gatewayKey in the credential to the GATEWAY_KEY of the gateway.',
};

const UNAVAILABLE = {
  code: 'GATEWAY_UNAVAILABLE',
  description: 'The gateway could not be reached, or could not answer.',
  fix: 'Check gatewayUrl in the credential, and that the gateway runs: /healthz answers below that address.',
};

/** By HTTP status. */
const WORDS: Record<number, typeof WRONG_KEY> = {
  400: {
    code: 'REQUEST_REFUSED',
    description: 'The gateway does not understand a value of the question.',
    fix: 'Check the times, and pass after on as it was given.',
  },
  401: WRONG_KEY,
  403: WRONG_KEY,
};
