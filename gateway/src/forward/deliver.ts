import { fetch } from 'undici';
import type { Response } from 'undici';
import { proxyAgent } from '../../../src/graph/proxy';
import type { Failure, Outcome } from './outcome';

/** Sends one body to OpenFn. It never throws. */
export type Deliver = (body: string, id: string) => Promise<Outcome>;

type Target = {
  url: string;
  apiKey: string | undefined;
  /** Milliseconds. */
  timeout: number;
};

const MOST_OF_ANSWER = 64 * 1024;

/** A sender for OpenFn's webhook trigger. */
export function createDeliver({ url, apiKey, timeout }: Target): Deliver {
  const { address, authorization } = splitUrl(url);
  const dispatcher = proxyAgent(undefined, timeout);
  return async (body, id) => {
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'openfn-whatsapp-gateway',
      // The same at each attempt.
      'x-gateway-forward': id,
      ...(apiKey !== undefined && { 'x-api-key': apiKey }),
      ...(authorization !== undefined && { authorization }),
    };
    const signal = AbortSignal.timeout(timeout);
    try {
      const answer = await fetch(address, {
        ...{ method: 'POST', headers, body, signal },
        // The key and the data are for this address and for no other.
        redirect: 'manual',
        ...(dispatcher && { dispatcher }),
      });
      return await judge(answer);
    } catch {
      const code = signal.aborted ? 'TIMEOUT' : 'UNREACHABLE';
      return { isDelivered: false, code };
    }
  };
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

async function judge(answer: Response): Promise<Outcome> {
  const text = await readStart(answer);
  if (!answer.ok) return failureOf(answer);
  // Over its run limit OpenFn answers 200 with an error, and starts no run.
  if (isRefusal(text)) {
    return { isDelivered: false, code: 'RUN_LIMIT', statusCode: answer.status };
  }
  return { isDelivered: true };
}

function failureOf({ status, headers }: Response): Failure {
  const wait = Number(headers.get('retry-after') ?? NaN);
  return {
    isDelivered: false,
    code: `HTTP_${status}`,
    statusCode: status,
    ...(wait > 0 && { retryAfter: wait }),
  };
}

/** The start of the answer; what is long is no refusal, and is not waited for. */
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

function isRefusal(text: string): boolean {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer !== 'object' || answer === null) return false;
    const { error, work_order_id } = answer as Record<string, unknown>;
    return Boolean(error) && work_order_id === undefined;
  } catch {
    return false;
  }
}
