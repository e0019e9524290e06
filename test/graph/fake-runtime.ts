import type { WireResponse, WireRequest } from '../../src/graph/wire';
import type { Runtime } from '../../src/graph/api-request';

/** What the fake server does with a request: an answer, or an error of the network. */
export type Turn = Partial<Omit<WireResponse, 'body'>> & { body?: unknown };

/** A runtime whose server takes these turns, the last one for ever, and where nobody waits. */
export function fakeRuntime(...turns: (Turn | Error)[]) {
  const requests: WireRequest[] = [];
  const waits: number[] = [];
  const runtime: Runtime = {
    transport: request => {
      requests.push(request);
      const turn = turns.length > 1 ? turns.shift() : turns[0];
      return turn instanceof Error
        ? Promise.reject(turn)
        : Promise.resolve(answerOf(turn ?? {}));
    },
    sleep: milliseconds => {
      waits.push(milliseconds);
      return Promise.resolve();
    },
    random: () => 1,
    now: () => 0,
  };
  return { runtime, requests, waits };
}

function answerOf({ body = {}, ...rest }: Turn): WireResponse {
  return {
    statusCode: 200,
    statusText: 'OK',
    headers: {},
    ...rest,
    body: Buffer.isBuffer(body)
      ? body
      : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  };
}

/** An error as Node and undici make it. */
export function networkError(code: string, properties: object = {}): Error {
  return Object.assign(new Error(code), { code, ...properties });
}

/** A refusal in Meta's form. */
export function metaError(
  code: number,
  {
    statusCode = 400,
    details = 'details',
    ...rest
  }: {
    statusCode?: number;
    details?: string;
    error_subcode?: number;
  } = {},
): Turn {
  return {
    statusCode,
    body: {
      error: {
        message: `(#${code}) A title`,
        type: 'OAuthException',
        code,
        error_data: { messaging_product: 'whatsapp', details },
        fbtrace_id: 'TRACE',
        ...rest,
      },
    },
  };
}
