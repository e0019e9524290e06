import { refuse } from '../core/errors';
import { isObject, nameOf } from '../core/values';
import { readBytes } from './bytes';

/** A payload of Meta's, of which only the envelope is sure. */
export type Payload = { entry: unknown[] };

/** The payload as an object with entries, or an error that says what it is instead. */
export function readPayload(given: unknown): Payload {
  const payload = readJson(given);
  if (isPayload(payload)) return payload;
  return refuse(
    'NOT_A_WEBHOOK',
    `The payload is ${describe(given, payload)}, not a webhook from Meta.`,
    adviceFor(payload),
  );
}

function isPayload(value: unknown): value is Payload {
  return isObject(value) && Array.isArray(value['entry']);
}

function readJson(given: unknown): unknown {
  const text = readBytes(given)?.toString('utf8');
  if (text === undefined) return given;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function describe(given: unknown, payload: unknown): string {
  if (isObject(payload)) return 'an object without a list named entry';
  if (readBytes(given)?.length && payload === undefined) {
    return 'text that is not JSON';
  }
  return nameOf(payload ?? given);
}

function adviceFor(payload: unknown): string {
  if (isObject(payload)) {
    if (isPayload(payload['data'])) {
      return 'It looks like the whole state: pass its data, $.data in a job.';
    }
    if (isPayload(payload['body'])) {
      return 'It looks like the whole request: pass its body only.';
    }
    if (Array.isArray(payload['messages']) && 'unknown' in payload) {
      return 'It looks parsed already: use its messages and statuses as they are.';
    }
  }
  if (nameOf(payload) === 'a list' && (payload as unknown[]).some(isPayload)) {
    return 'It looks like a list of webhooks: pass them one by one, with each() in a job.';
  }
  return 'Pass the body of the request as Meta sent it: an object with a list named entry. In a job that a webhook starts it is $.data.';
}
