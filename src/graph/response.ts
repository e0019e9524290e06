import { WhatsAppError } from '../core/errors';
import { formOf } from './body-form';
import { unconfirmed } from './api-error';
import type { TriedRequest } from './api-error';
import type { WireResponse } from './transport';

/** The forms in which a body can be read. */
export const FORMS = ['json', 'text', 'base64', 'stream', 'auto'] as const;
/** `bytes` is for ourselves: a job gets what survives JSON. */
export type ParseAs = (typeof FORMS)[number] | 'bytes';

/** The body of a successful answer, in the form that was asked for. */
export function readResponse(
  { body, statusCode, headers }: WireResponse,
  parseAs: ParseAs = 'json',
  tried: TriedRequest,
): unknown {
  if (!Buffer.isBuffer(body)) return body;
  if (parseAs === 'bytes') return body;
  if (parseAs === 'base64') return body.toString('base64');
  const text = body.toString();
  if (parseAs === 'text') return text;
  const isText = parseAs === 'auto' && text !== '' && !isJsonType(headers);
  return isText ? text : parseJson(text, statusCode, tried);
}

/** Without a content type it is JSON, as Meta's answers are. */
function isJsonType({
  'content-type': type,
}: WireResponse['headers']): boolean {
  return type === undefined || String(type).includes('application/json');
}

function parseJson(text: string, statusCode: number, tried: TriedRequest) {
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw unreadable(statusCode, formOf(text), tried);
  }
}

/** A success that cannot be read: a send may have gone out, a read is lost. */
function unreadable(
  statusCode: number,
  form: string,
  { isIdempotent }: TriedRequest,
): WhatsAppError {
  const reason = `The answer ${statusCode} is ${form}`;
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
