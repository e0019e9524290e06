import type { Configuration } from '../core/configuration';
import { needToken } from '../core/configuration';
import { refuse } from '../core/errors';
import type { Retry } from '../types';
import type { ParseAs } from './answer';
import type { WireRequest } from './transport';
import { baseOf, pathTo, searchOf } from './url';
import type { Base, Query } from './url';

/** Where a call goes when it does not go to the API: its token goes along. */
export type Server = { base: Base; token: string };

/** What to ask of the API. */
export type Call = {
  method: string;
  /** Parts of the path below the version. */
  parts: string[];
  /** Another server than the API, with a token of its own. */
  server?: Server | undefined;
  query?: Query | undefined;
  /** A query as the job wrote it, without `?`. */
  search?: string | undefined;
  headers?: Record<string, string> | undefined;
  /** An object goes out as JSON; text, a Buffer and form data as they are. */
  body?: unknown;
  /** A repetition does no harm. By default so for every method but POST and PATCH. */
  isIdempotent?: boolean | undefined;
  timeout?: number | undefined;
  retry?: Retry | false | undefined;
  parseAs?: ParseAs | undefined;
  tls?: object | undefined;
  /** Whether a status is a success; by default 2xx is. */
  isSuccess?: ((statusCode: number) => boolean) | undefined;
  /** Whether a refusal with this body is an answer all the same, as part of the work was done. */
  isPartial?: ((body: string) => boolean) | undefined;
};

const ANSWER_TIMEOUT = 30_000;
// Meta's download host refuses requests without one.
const USER_AGENT = 'openfn-language-whatsapp';

/** The request on the wire. The token is added here and nowhere else. */
export function requestOf(
  configuration: Configuration,
  call: Call,
): WireRequest {
  const base = call.server?.base ?? baseOf(configuration);
  const isJson = isJsonBody(call.body);
  return {
    method: call.method,
    origin: base.origin,
    path: pathTo(base, ...call.parts) + searchOf(call.query, call.search),
    headers: {
      'user-agent': USER_AGENT,
      ...(isJson && { 'content-type': 'application/json' }),
      ...call.headers,
      authorization: `Bearer ${call.server?.token ?? needToken(configuration)}`,
    },
    body: isJson
      ? JSON.stringify(call.body)
      : (call.body as WireRequest['body']),
    timeout: timeoutOf(call.timeout),
    tls: call.tls,
    isStreamed: call.parseAs === 'stream',
  };
}

/** Whether the same request may be made twice. */
export function isIdempotent({ method, isIdempotent }: Call): boolean {
  return isIdempotent ?? (method !== 'POST' && method !== 'PATCH');
}

/** Whether a body goes out as JSON. */
export function isJsonBody(body: unknown): boolean {
  return (
    typeof body === 'object' &&
    body !== null &&
    !Buffer.isBuffer(body) &&
    !('pipe' in body) &&
    Object.prototype.toString.call(body) !== '[object FormData]'
  );
}

function timeoutOf(timeout: unknown = ANSWER_TIMEOUT): number {
  if (typeof timeout === 'number' && timeout > 0) return timeout;
  return refuse(
    'INVALID_OPTIONS',
    'The option timeout is not a number of milliseconds.',
    'Write it as { timeout: 30000 } for 30 seconds.',
  );
}
