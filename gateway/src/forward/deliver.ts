import { fetch } from 'undici';
import type { Response } from 'undici';
import { codeOf } from '../core/errors';
import type { Destination } from '../settings/destination';
import type { Accept } from '../settings/forwarding';
import { createProxyAgent } from '../settings/proxies';
import type { Answered, Failure, Outcome, Success } from './outcome';
import { delayAfter } from './timing';
import type { Timing } from './timing';

/** Sends one body to the destination. It never throws. */
export type Deliver = (body: string, id: string) => Promise<Outcome>;

export type Target = Pick<
  Destination,
  'url' | 'apiKey' | 'headers' | 'timeout' | 'accept'
>;

const MOST_BYTES_READ = 64 * 1024;

/** A sender for a destination. */
export function createDeliver(target: Target): Deliver {
  const { url, apiKey, timeout, accept } = target;
  const { address, authorization } = splitUrl(url);
  const judge = chooseJudge(accept, address);
  const dispatcher = createProxyAgent(timeout);
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
      if (!response.ok) return readFailure(response);
      const answered = readAnswered(response);
      return { ...answered, ...judge({ ...answered, text }) };
    } catch (error) {
      const code = signal.aborted ? 'TIMEOUT' : readErrorCode(error);
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

const BROKEN = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/** Whether a connection was made; undici has the reason in the cause. */
function readErrorCode(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return BROKEN.has(codeOf(cause) ?? '') ? 'CONNECTION_LOST' : 'UNREACHABLE';
}

function readAnswered({ status, headers }: Response): Required<Answered> {
  const contentType = headers.get('content-type') ?? '';
  return { statusCode: status, contentType };
}

function readFailure(response: Response): Failure {
  const retryAfter = readRetryAfter(response);
  return {
    isDelivered: false,
    code: `HTTP_${response.status}`,
    ...readAnswered(response),
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
    if (size > MOST_BYTES_READ) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** An answer with a status of 2xx. */
type Answer = { statusCode: number; contentType: string; text: string };

type Verdict = Pick<Success, 'isDelivered' | 'workOrderId'> | Refusal;
type Refusal = Pick<Failure, 'isDelivered' | 'code'>;

const TRIGGER = /\/i\/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\/?$/i;
const NOT_ACCEPTED: Refusal = { isDelivered: false, code: 'NOT_ACCEPTED' };

/** How to read the answers of a URL: `auto` knows OpenFn's webhook triggers. */
function chooseJudge(accept: Accept, url: string): (a: Answer) => Verdict {
  if (accept === 'any') return () => ({ isDelivered: true });
  const isTrigger = TRIGGER.test(new URL(url).pathname);
  if (accept === 'openfn' || (accept === 'auto' && isTrigger)) {
    return judgeOpenfn;
  }
  return judgeJson;
}

function judgeJson({ contentType, text }: Answer): Verdict {
  const isJson = /^application\/([^;]*\+)?json\b/i.test(contentType);
  return isJson || text === '' ? { isDelivered: true } : NOT_ACCEPTED;
}

/**
 * OpenFn tells the work order that it made, in `meta` when it answers after the
 * run. An error beside it, or instead of it, says that no run was started.
 */
function judgeOpenfn({ text }: Answer): Verdict {
  const answer = readObject(text);
  const meta = readObject(answer['meta']);
  const ofRun = meta['work_order_id'];
  if (typeof ofRun !== 'string' && answer['error']) {
    return { isDelivered: false, code: 'RUN_LIMIT' };
  }
  const workOrderId = answer['work_order_id'] ?? ofRun;
  return typeof workOrderId === 'string'
    ? { isDelivered: true, workOrderId }
    : NOT_ACCEPTED;
}

function readObject(given: unknown): Record<string, unknown> {
  try {
    const value: unknown =
      typeof given === 'string' ? JSON.parse(given) : given;
    const isObject = typeof value === 'object' && value !== null;
    return isObject ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/**
 * Tells a destination that is down from a message that it refuses: only
 * failures in a row, with no success between them, open it. Times are
 * milliseconds of a clock that nobody can set back.
 */
export interface CircuitBreaker {
  /** Whether the destination is taken for down: only a probe is sent then. */
  readonly isOpen: boolean;
  /** How long to send nothing at all; 0 when a request may be sent. */
  readonly pause: number;
  /** For how long the destination has been down; 0 when it is not. */
  readonly downFor: number;
  /** Notes a failed request that began at a time; `asked` is how long the destination asked to wait. */
  fail(startedAt: number, asked?: number): void;
  /** Notes a success; returns how long the destination was down, if it was. */
  succeed(): number | undefined;
}

/** So many failures in a row may be those of single messages. */
const FREE_FAILURES = 5;

export function createCircuitBreaker(
  timing: Timing,
  clock: () => number = () => performance.now(),
): CircuitBreaker {
  let failures = 0;
  let firstAt = 0;
  let countedAt = -Infinity;
  let pausedUntil = -Infinity;
  const isOpen = () => failures > FREE_FAILURES;
  return {
    get isOpen() {
      return isOpen();
    },
    get pause() {
      return Math.max(0, pausedUntil - clock());
    },
    get downFor() {
      return isOpen() ? clock() - firstAt : 0;
    },
    fail(startedAt, asked = 0) {
      const now = clock();
      // Requests that were on the way together fail of the same outage.
      const isCounted = startedAt >= countedAt;
      if (failures === 0) firstAt = now;
      if (isCounted) failures += 1;
      if (asked > 0) failures = Math.max(failures, FREE_FAILURES + 1);
      if (isCounted) countedAt = now;
      const own = isCounted && isOpen() ? pauseAfter(failures, timing) : 0;
      if (isOpen()) {
        pausedUntil = Math.max(pausedUntil, now + Math.max(own, asked));
      }
    },
    succeed() {
      const downFor = isOpen() ? clock() - firstAt : undefined;
      failures = 0;
      pausedUntil = -Infinity;
      return downFor;
    },
  };
}

function pauseAfter(failures: number, timing: Timing): number {
  const delay = delayAfter(failures - FREE_FAILURES, timing);
  return Math.min(delay, timing.longestPause);
}
