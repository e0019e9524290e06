import { WhatsAppError } from '../core/errors';
import type { FailedTry, ProxyError } from './wire';

const TOO_MANY_REQUESTS = 429;
const SERVER_ERROR = 500;
const PROXY_AUTHENTICATION_REQUIRED = 407;

/** What a proxy's failure means: it opens a tunnel before anything of a request leaves. */
export function readProxyError(failure: ProxyError): FailedTry {
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
