import { MAX_REFUSAL } from './wire';
import type {
  Certainty,
  FailedTry,
  TriedRequest,
  WireHeaders,
  WireResponse,
} from './wire';
import type { Failure } from '../core/errors';
import { WhatsAppError, unconfirmed } from '../core/errors';
import { CODES, lookUp, rowOf } from './error-catalog';
import type { CatalogRow } from './error-catalog';
import { readMetaError } from './meta-error';
import type { MetaError } from './meta-error';

type Answer = { statusCode: number; headers: WireHeaders; text: string };

const TOO_MANY_REQUESTS = 429;
const REQUEST_TIMEOUT = 408;
const SERVER_ERROR = 500;

/** What an answer that is no success means. */
export function readApiError(answer: Answer, tried: TriedRequest): FailedTry {
  const said = readMetaError(answer.text);
  const meta = clear(said, tried.scrubber);
  const row = rowOf(said);
  const certainty = certaintyOf(answer.statusCode, row);
  const refusal = {
    certainty,
    metaCode: said.code,
    retryAfter: retryAfterOf(answer),
  };
  const facts = factsOf(answer.statusCode, meta, row);
  const { retryAfter } = refusal;
  if (retryAfter !== undefined && retryAfter <= LONGEST_RETRY_AFTER) {
    facts.retryAfter = retryAfter;
  }
  if (certainty === 'unknown' && !tried.isIdempotent) {
    const reason = row?.what.replace(/\.$/, '') ?? strange(answer);
    return { ...refusal, error: unconfirmed(reason, facts) };
  }
  const error = new WhatsAppError({
    ...wordsOf(answer, row, facts),
    ...facts,
    retryable: certainty !== 'final' || row?.retryable === true,
    sent: 'no',
  });
  return { ...refusal, error };
}

function certaintyOf(
  statusCode: number,
  row: CatalogRow | undefined,
): Certainty {
  if (row?.outcome === 'resend' || statusCode === TOO_MANY_REQUESTS) {
    return 'refused';
  }
  if (row?.outcome === 'unknown') return 'unknown';
  // Some codes that we know are permanent although they come with a 5xx.
  if (row !== undefined) return 'final';
  return statusCode >= SERVER_ERROR || statusCode === REQUEST_TIMEOUT
    ? 'unknown'
    : 'final';
}

// Who asks to wait for longer says something else: a server may repeat what it was sent in any place.
const LONGEST_RETRY_AFTER = 7 * 24 * 60 * 60;

/** What Meta says without what was sent. If that cannot be taken out, Meta's words go as a whole. */
function clear(said: MetaError, scrubber: TriedRequest['scrubber']): MetaError {
  const { code, subcode, message, traceId } = said;
  try {
    const { scrub, holdsSent } = scrubber();
    const isClear = (code: number) =>
      lookUp(code) !== undefined || !holdsSent(String(code));
    return {
      ...(code !== undefined && isClear(code) && { code }),
      ...(subcode !== undefined && isClear(subcode) && { subcode }),
      ...(message !== undefined && {
        message:
          beginningOf(said) + scrub(message.slice(beginningOf(said).length)),
      }),
      ...(traceId !== undefined && !holdsSent(traceId) && { traceId }),
    };
  } catch {
    const { message: _, ...facts } = said;
    return facts;
  }
}

/** The code that stands before Meta's words: `(#131009)`. */
function beginningOf({ message = '', code, subcode }: MetaError): string {
  const [beginning = '', digits] = /^\(#(\d{1,7})\)/.exec(message) ?? [];
  return [code, subcode].includes(Number(digits)) ? beginning : '';
}

function factsOf(
  statusCode: number,
  { code, subcode, message, traceId }: MetaError,
  row: CatalogRow | undefined,
): Partial<Failure> {
  return {
    statusCode,
    ...(code !== undefined && { metaCode: code }),
    ...(subcode !== undefined && { metaSubcode: subcode }),
    ...(message !== undefined && { metaMessage: message }),
    ...(traceId !== undefined && { traceId }),
    ...(row?.wait !== undefined && { retryAfter: row.wait }),
  };
}

function wordsOf(
  answer: Answer,
  row: CatalogRow | undefined,
  { metaCode, metaMessage }: Partial<Failure>,
) {
  const says = metaMessage && ` Meta says: ${metaMessage.replace(/\.?$/, '.')}`;
  if (row !== undefined) {
    const code = CODES[row.category] ?? 'REQUEST_REFUSED';
    return { code, description: row.what + (says ?? ''), fix: row.fix };
  }
  const code =
    answer.statusCode === TOO_MANY_REQUESTS
      ? 'RATE_LIMITED'
      : 'REQUEST_REFUSED';
  if (metaCode !== undefined || says !== undefined) {
    return {
      code,
      description: `Meta refused the request.${says ?? ''}`,
      fix: "Look up Meta's error code in its documentation, and correct the request.",
    };
  }
  return {
    code,
    description: `${strange(answer)} instead of an answer of the WhatsApp API.`,
    fix: 'Check baseUrl in the credential; if it is right, a proxy on the way answered in its place.',
  };
}

const strange = ({ statusCode, text }: Answer) =>
  `The server answered ${statusCode} with ${formOf(text)}`;

/** The words of a refusal, as far as they come in time. */
export async function readRefusal(
  { body }: WireResponse,
  timeout: number,
): Promise<string> {
  if (Buffer.isBuffer(body)) return body.toString();
  const pieces: Buffer[] = [];
  let size = 0;
  const end = Date.now() + timeout;
  try {
    for await (const piece of body as AsyncIterable<Buffer>) {
      pieces.push(piece);
      size += piece.length;
      if (size > MAX_REFUSAL || Date.now() > end) break;
    }
  } catch {
    // A refusal is one, also when its words break off.
  }
  return Buffer.concat(pieces).toString();
}

/** A success that cannot be read: a send may have gone out, a read is lost. */
export function unreadableResponse(
  statusCode: number,
  text: string,
  { isIdempotent }: TriedRequest,
): WhatsAppError {
  const reason = `The answer ${statusCode} is ${formOf(text)}`;
  // No cause: the parser's own error quotes the body.
  if (!isIdempotent) return unconfirmed(reason, { statusCode });
  return new WhatsAppError({
    code: 'ANSWER_UNREADABLE',
    description: `${reason}.`,
    fix: "Check baseUrl in the credential; for other content than JSON give parseAs: 'text' or 'base64'.",
    statusCode,
    retryable: true,
    sent: 'no',
  });
}

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

/** What a body is that is no answer of the API, in words for people. */
export function formOf(text: string): string {
  if (text.trim() === '') return 'an empty body';
  // The first bytes of gzip, whose second one is no UTF-8.
  if (text.startsWith('\x1f\ufffd')) return 'compressed';
  if (/^\s*</.test(text)) return 'an HTML page';
  if (!/^\s*[[{]/.test(text)) return 'plain text';
  return isJson(text) ? 'JSON of another kind' : 'broken JSON';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
