/** What came of an attempt to forward. */
export type Outcome = { isDelivered: true } | Failure;

export type Failure = {
  isDelivered: false;
  /** In UPPER_SNAKE; `HTTP_404` for a status. */
  code: string;
  statusCode?: number;
  /** Seconds that OpenFn asked to wait. */
  retryAfter?: number;
};

/** What can be done about a failure, for logs and for the list of dead forwards. */
export function adviceFor(code: string): string {
  return (
    ADVICE.get(code) ??
    (code.startsWith('HTTP_5')
      ? 'OpenFn, or a proxy before it, has trouble. It is tried again.'
      : 'Look for the status in the history of the workflow in OpenFn.')
  );
}

const ADVICE: ReadonlyMap<string, string> = new Map([
  [
    'UNREACHABLE',
    'Check OPENFN_WEBHOOK_URL, and whether this machine may reach it; behind a proxy, check HTTPS_PROXY and NO_PROXY.',
  ],
  [
    'TIMEOUT',
    'OpenFn did not answer in time. Let the webhook trigger answer before the run, or raise FORWARD_TIMEOUT.',
  ],
  [
    'RUN_LIMIT',
    'OpenFn took the request and started no run: the project is over its run limit. Raise the limit, or forward fewer kinds with FORWARD.',
  ],
  [
    'HTTP_401',
    'The webhook trigger asks for authentication: set OPENFN_API_KEY to one of its keys.',
  ],
  [
    'HTTP_403',
    'The request was forbidden: check OPENFN_API_KEY, and what stands before OpenFn.',
  ],
  [
    'HTTP_404',
    'OpenFn has no webhook trigger at OPENFN_WEBHOOK_URL, or OPENFN_API_KEY is not one of its keys.',
  ],
  [
    'HTTP_413',
    'The body is larger than OpenFn takes. Raise the limit there, or forward one event per request with FORWARD_EACH=1.',
  ],
  [
    'HTTP_429',
    'OpenFn asks for fewer requests. It is tried again more slowly.',
  ],
]);

/** Failures that are about one body, so that the others need not wait. */
export function isAboutBody({ statusCode }: Failure): boolean {
  return statusCode !== undefined && [400, 413, 415, 422].includes(statusCode);
}
