/** What came of an attempt to forward. */
export type Outcome = Success | Failure;

/** What a destination answered; nothing when no answer came. */
export type Answered = {
  statusCode?: number;
  contentType?: string;
};

export type Success = Answered & { isDelivered: true; workOrderId?: string };

export type Failure = Answered & {
  isDelivered: false;
  /** In UPPER_SNAKE; `HTTP_404` for a status. */
  code: string;
  /** Seconds that the destination asked to wait. */
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
    'Check the URL (OPENFN_WEBHOOK_URL, or that of the route), and whether this machine may reach it; behind a proxy, check HTTPS_PROXY and NO_PROXY.',
  ],
  [
    'CONNECTION_LOST',
    'The connection broke before an answer came; the request may have arrived. It is tried again.',
  ],
  [
    'NOT_ACCEPTED',
    'The answer is a success of something else: a log-in page, a captive portal, or a URL that is no webhook trigger. Open its URL from this machine. If the destination is right and answers so, set FORWARD_ACCEPT, or accept of the route.',
  ],
  [
    'TIMEOUT',
    'OpenFn did not answer in time. Let the webhook trigger answer before the run, or raise FORWARD_TIMEOUT, or timeout of the route.',
  ],
  [
    'RUN_LIMIT',
    'OpenFn took the request and started no run: the project is over its run limit. Raise the limit, or forward fewer kinds with FORWARD.',
  ],
  [
    'HTTP_401',
    'The webhook trigger asks for authentication: set OPENFN_API_KEY, or the key of the route, to one of its keys.',
  ],
  [
    'HTTP_403',
    'The request was forbidden: check its key, and what stands before OpenFn.',
  ],
  [
    'HTTP_404',
    'OpenFn has no webhook trigger at this URL, or the key that is sent is not one of its keys. Check OPENFN_WEBHOOK_URL and OPENFN_API_KEY, or the URL and the key of the route.',
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

/** Whether the destination asks to be left alone, and not only for this message. */
export function asksToWait({ statusCode, retryAfter }: Failure): boolean {
  return retryAfter !== undefined && [429, 503].includes(statusCode ?? 0);
}
