import { EnvHttpProxyAgent, fetch } from 'undici';
import type { Dispatcher, Response } from 'undici';
import { codeOf } from '../errors';
import { readProxies } from '../settings/proxies';
import { judgeOf } from './accept';
import type { Destination } from '../settings/destination';
import type { Answered, Failure, Outcome } from './outcome';

/** Sends one body to the destination. It never throws. */
export type Deliver = (body: string, id: string) => Promise<Outcome>;

export type Target = Pick<
  Destination,
  'url' | 'apiKey' | 'headers' | 'timeout' | 'accept'
>;

const MOST_OF_ANSWER = 64 * 1024;

/** A sender for a destination. */
export function createDeliver(target: Target): Deliver {
  const { url, apiKey, timeout, accept } = target;
  const { address, authorization } = splitUrl(url);
  const judge = judgeOf(accept, address);
  const dispatcher = proxyAgent(timeout);
  return async (body, id) => {
    const headers = {
      ...target.headers,
      'content-type': 'application/json',
      'user-agent': 'openfn-whatsapp-gateway',
      // The same at each attempt.
      'x-gateway-forward': id,
      ...(apiKey !== undefined && { 'x-api-key': apiKey }),
      ...(authorization !== undefined && { authorization }),
    };
    const signal = AbortSignal.timeout(timeout);
    try {
      const response = await fetch(address, {
        ...{ method: 'POST', headers, body, signal },
        // The key and the data are for this address and for no other.
        redirect: 'manual',
        ...(dispatcher && { dispatcher }),
      });
      const text = await readStart(response);
      if (!response.ok) return failureOf(response);
      const answered = answeredOf(response);
      return { ...answered, ...judge({ ...answered, text }) };
    } catch (error) {
      const code = signal.aborted ? 'TIMEOUT' : codeOfBreak(error);
      return { isDelivered: false, code };
    }
  };
}

/** An agent that goes through the proxies of the environment; undefined when it names none. */
export function proxyAgent(timeout: number): Dispatcher | undefined {
  const proxies = readProxies();
  if (proxies.httpProxy === '' && proxies.httpsProxy === '') return undefined;
  return new EnvHttpProxyAgent({ ...proxies, connect: { timeout } });
}

/** A name and a password in the URL are for Basic authentication. */
function splitUrl(given: string) {
  const url = new URL(given);
  const { username, password } = url;
  url.username = url.password = '';
  if (username === '') return { address: url.href };
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const encoded = Buffer.from(pair).toString('base64');
  return { address: url.href, authorization: `Basic ${encoded}` };
}

const BROKEN = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/** Whether a connection was made; undici has the reason in the cause. */
function codeOfBreak(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return BROKEN.has(codeOf(cause) ?? '') ? 'CONNECTION_LOST' : 'UNREACHABLE';
}

function answeredOf({ status, headers }: Response): Required<Answered> {
  const contentType = headers.get('content-type') ?? '';
  return { statusCode: status, contentType };
}

function failureOf(response: Response): Failure {
  const retryAfter = readRetryAfter(response);
  return {
    isDelivered: false,
    code: `HTTP_${response.status}`,
    ...answeredOf(response),
    ...(retryAfter > 0 && { retryAfter }),
  };
}

/** Seconds; a date is compared with that of the answer, as clocks may differ. */
function readRetryAfter({ headers }: Response): number {
  const given = headers.get('retry-after') ?? '';
  if (/^\d+$/.test(given)) return Number(given);
  const now = Date.parse(headers.get('date') ?? '') || Date.now();
  const seconds = Math.ceil((Date.parse(given) - now) / 1000);
  return seconds > 0 ? seconds : 0;
}

/** The start of the answer: what is accepted is short. */
async function readStart({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    chunks.push(chunk as Uint8Array);
    size += (chunk as Uint8Array).length;
    if (size > MOST_OF_ANSWER) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}
