import type { WireHeaders } from './wire';

const TOO_MANY_REQUESTS = 429;

/** Seconds that the server asks to wait. */
export function retryAfterOf(
  { headers, statusCode }: { headers: WireHeaders; statusCode: number },
  now = Date.now(),
): number | undefined {
  const asked = headers['retry-after'];
  if (typeof asked === 'string') {
    return /^\d+$/.test(asked) ? Number(asked) : until(Date.parse(asked), now);
  }
  // Turn.io says on every answer when its limit begins anew, in seconds since
  // 1970; that is a wait only after the limit was reached.
  const reset = headers['x-ratelimit-reset'];
  return typeof reset === 'string' && statusCode === TOO_MANY_REQUESTS
    ? until(Number(reset) * 1000, now)
    : undefined;
}

function until(time: number, now: number): number | undefined {
  const seconds = Math.ceil((time - now) / 1000);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
