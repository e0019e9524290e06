import {
  BrokenResponse,
  NeverBegun,
  ProxyError,
  ResponseTooLarge,
  ResponseTooSlow,
} from './wire';
import type { FailedTry, TriedRequest } from './wire';
import { WhatsAppError, unconfirmed } from '../core/errors';

type NetworkError = {
  code?: unknown;
  syscall?: unknown;
  errors?: unknown;
};

/** Failures before a connection stood: nothing can have left. */
const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const CONNECTING = new Set(['connect', 'getaddrinfo']);
const TIMED_OUT = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);
const CERTIFICATE = /CERT|SIGNATURE|^ERR_(SSL|TLS)/;

/** What it means that no answer came. */
export function readNetworkError(
  thrown: unknown,
  tried: TriedRequest,
): FailedTry {
  const isUnbegun = thrown instanceof NeverBegun;
  const cause = isUnbegun ? thrown.cause : thrown;
  // What makes a body while it is sent tells by itself why it stopped.
  if (cause instanceof WhatsAppError)
    return { certainty: 'final', error: cause };
  if (cause instanceof ProxyError) return readProxyError(cause);
  if (cause instanceof ResponseTooLarge) return tooLarge(cause, tried);
  const code = codeOf(cause);
  if (CERTIFICATE.test(code)) return untrusted(code, cause);
  // undici refuses some requests before it sends them.
  if (code.startsWith('UND_ERR_INVALID_ARG')) return unsendable(cause);
  if (isUnbegun || neverConnected(cause)) return unreachable(code, cause);
  if (isHeaderFlood(cause)) return headersTooLarge(cause, tried);
  return interrupted(isLate(cause), cause, tried);
}

const isLate = (cause: unknown): boolean =>
  cause instanceof ResponseTooSlow || TIMED_OUT.has(codeOf(causeOf(cause)));

const isHeaderFlood = (cause: unknown): boolean =>
  codeOf(cause) === 'UND_ERR_HEADERS_OVERFLOW';

/** What broke an answer off. */
const causeOf = (thrown: unknown): unknown =>
  thrown instanceof BrokenResponse ? thrown.cause : thrown;

function neverConnected(error: unknown): boolean {
  const { syscall, errors } = (error ?? {}) as NetworkError;
  if (Array.isArray(errors) && errors.length > 0) {
    return errors.every(neverConnected);
  }
  return NEVER_CONNECTED.has(codeOf(error)) || CONNECTING.has(String(syscall));
}

function untrusted(code: string, cause: unknown): FailedTry {
  return {
    certainty: 'final',
    error: new WhatsAppError(
      {
        code: 'CONNECTION_UNTRUSTED',
        description: `The certificate of the server was not accepted (${code}), so nothing was sent.`,
        fix: 'Check baseUrl in the credential, and that no proxy on the way opens the connection. If your network has such a proxy, start Node with its certificate in NODE_EXTRA_CA_CERTS.',
        retryable: false,
        sent: 'no',
      },
      cause,
    ),
  };
}

function unreachable(code: string, cause: unknown): FailedTry {
  return {
    certainty: 'unsent',
    error: new WhatsAppError(
      {
        code: 'CONNECTION_FAILED',
        description: `The server could not be reached${code && ` (${code})`}, so nothing was sent.`,
        fix: 'Check the network and baseUrl in the credential, then run the job again; if the network is slow, give a longer connectTimeout.',
        retryable: true,
        sent: 'no',
      },
      cause,
    ),
  };
}

function unsendable(cause: unknown): FailedTry {
  return {
    certainty: 'final',
    error: new WhatsAppError(
      {
        code: 'INVALID_REQUEST',
        description:
          'The request has a method, header or path that HTTP cannot carry.',
        fix: 'Write the method in capitals, and headers as plain text without line breaks.',
        retryable: false,
        sent: 'no',
      },
      cause,
    ),
  };
}

function tooLarge(
  { maxSize, statusCode }: ResponseTooLarge,
  { isIdempotent }: TriedRequest,
): FailedTry {
  const reason = `The answer ${statusCode} has more than ${maxSize} bytes`;
  // A success that cannot be read: a message may have gone out.
  if (!isIdempotent) {
    return {
      certainty: 'unknown',
      error: unconfirmed(reason, { statusCode }),
    };
  }
  return {
    certainty: 'final',
    error: new WhatsAppError({
      code: 'ANSWER_TOO_LARGE',
      description: `${reason}, so the rest of it was not read.`,
      fix: 'Ask for less, such as a smaller limit of a list, or give a larger maxSize.',
      retryable: false,
      sent: 'no',
    }),
  };
}

function headersTooLarge(
  cause: unknown,
  { isIdempotent }: TriedRequest,
): FailedTry {
  const reason = 'The headers of the answer are too long';
  if (!isIdempotent) {
    return { certainty: 'unknown', error: unconfirmed(reason, {}, cause) };
  }
  return {
    certainty: 'final',
    error: new WhatsAppError(
      {
        code: 'ANSWER_TOO_LARGE',
        description: `${reason}, so it was not read.`,
        fix: 'Check baseUrl in the credential, and what stands between Node and the server. Node takes longer ones with --max-http-header-size.',
        retryable: false,
        sent: 'no',
      },
      cause,
    ),
  };
}

function interrupted(
  isTimeout: boolean,
  cause: unknown,
  { isIdempotent }: TriedRequest,
): FailedTry {
  const reason = reasonOf(isTimeout, cause);
  if (!isIdempotent) {
    return { certainty: 'unknown', error: unconfirmed(reason, {}, cause) };
  }
  return {
    certainty: 'unknown',
    error: new WhatsAppError(
      {
        code: isTimeout ? 'TIMEOUT' : 'CONNECTION_LOST',
        description: `${reason}.`,
        fix: 'Run the job again; if it happens often, give a longer timeout.',
        retryable: true,
        sent: 'no',
      },
      cause,
    ),
  };
}

function reasonOf(isTimeout: boolean, cause: unknown): string {
  if (cause instanceof ResponseTooSlow) return 'The answer took too long';
  if (cause instanceof BrokenResponse) {
    return `The answer ${cause.statusCode} broke off`;
  }
  return isTimeout
    ? 'No answer came in time'
    : 'The connection broke before an answer came';
}

function codeOf(error: unknown): string {
  const code = ((error ?? {}) as NetworkError).code;
  return typeof code === 'string' ? code : '';
}

const TOO_MANY_REQUESTS = 429;
const SERVER_ERROR = 500;
const PROXY_AUTHENTICATION_REQUIRED = 407;

/** What a proxy's failure means: it opens a tunnel before anything of a request leaves. */
function readProxyError(failure: ProxyError): FailedTry {
  const { proxy, statusCode, cause } = failure;
  if (statusCode === PROXY_AUTHENTICATION_REQUIRED) {
    return unauthorizedAtProxy(proxy);
  }
  const isFinal =
    statusCode !== undefined &&
    statusCode < SERVER_ERROR &&
    statusCode !== TOO_MANY_REQUESTS;
  const { code } = (cause ?? {}) as { code?: string };
  const what =
    statusCode === undefined
      ? `could not be reached, or broke the connection${code ? ` (${code})` : ''}`
      : `answered ${statusCode} in the place of a connection`;
  return {
    certainty: isFinal ? 'final' : 'unsent',
    error: new WhatsAppError(
      {
        code: 'PROXY_FAILED',
        description: `The proxy ${what}, so nothing was sent.`,
        fix: `Check the proxy ${proxy} that HTTPS_PROXY or HTTP_PROXY names, and that it lets this host through. Hosts that need no proxy go into NO_PROXY.`,
        retryable: !isFinal,
        sent: 'no',
      },
      cause,
    ),
  };
}

const unauthorizedAtProxy = (proxy: string): FailedTry => ({
  certainty: 'final',
  error: new WhatsAppError({
    code: 'PROXY_UNAUTHORIZED',
    description:
      'The proxy does not accept the user name and the password, or wants them (407), so nothing was sent.',
    fix: `Write the address of the proxy ${proxy} in HTTPS_PROXY with them: http://name:password@host:port.`,
    retryable: false,
    sent: 'no',
  }),
});
