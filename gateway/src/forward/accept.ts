import type { Accept } from '../settings/forward';
import type { Failure, Success } from './outcome';

/** An answer with a status of 2xx. */
export type Answer = { statusCode: number; contentType: string; text: string };

type Verdict = Pick<Success, 'isDelivered' | 'workOrderId'> | Refusal;
type Refusal = Pick<Failure, 'isDelivered' | 'code'>;

const TRIGGER = /\/i\/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\/?$/i;
const NOT_ACCEPTED: Refusal = { isDelivered: false, code: 'NOT_ACCEPTED' };

/** How to read the answers of a URL: `auto` knows OpenFn's webhook triggers. */
export function judgeOf(accept: Accept, url: string): (a: Answer) => Verdict {
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
 * run. Over its run limit it answers 200 with an error, and starts no run.
 */
function judgeOpenfn({ text }: Answer): Verdict {
  const answer = readObject(text);
  const meta = readObject(answer['meta']);
  const workOrderId = answer['work_order_id'] ?? meta['work_order_id'];
  if (typeof workOrderId === 'string')
    return { isDelivered: true, workOrderId };
  if (answer['error']) return { isDelivered: false, code: 'RUN_LIMIT' };
  return NOT_ACCEPTED;
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
