import { timeoutOf } from '../graph/request';
import type { Readable } from 'node:stream';
import { WhatsAppError } from '../core/errors';
import type { ApiResponse } from '../graph/api-request';
import { bodyOf, withinTime } from '../graph/content';
import type { Content } from '../graph/content';
import { sendExternalRequest } from '../graph/external-request';
import { multipart } from '../graph/multipart';
import { holdBack } from './proof';
import type { Expected, Proof } from './proof';
import type { Target } from './target';

type Names = { mimeType?: string; filename: string };

const UNKNOWN_TYPE = 'application/octet-stream';

const ROLE = {
  code: 'TARGET_FAILED',
  name: 'The system that the file goes to',
  label: 'to another system',
  fix: 'Check the address, the method and the headers that the job gives.',
  unsure:
    'Look there before you run the job again: it may have the file. With the method PUT, a second one replaces the first.',
};

/** Streams a file on to another system, proving it on the way. */
export async function deliver(
  stream: Readable,
  expected: Expected,
  names: Names,
  { form, ...call }: Target,
): Promise<{ proof: Proof; answer: ApiResponse }> {
  const { content, proof } = await holdBack(
    piecesOf(stream, call.timeout),
    expected,
  );
  const answer = await sendExternalRequest(
    {
      ...call,
      body: bodyFor(content, names, form, call.headers),
      parseAs: 'text',
    },
    ROLE,
  );
  // An answer that came before the file was whole is no success.
  const found = proof();
  if (found === undefined) throw unread();
  return { proof: found, answer: { ...answer, body: parsed(answer.body) } };
}

function bodyFor(
  content: Content,
  { mimeType = '', filename }: Names,
  form: Target['form'],
  headers: Target['headers'],
) {
  // A person's phone named it; a line break would write further headers.
  const type = /^[\x20-\x7e]+$/.test(mimeType) ? mimeType : UNKNOWN_TYPE;
  // What the job says may be a part of a signature in the address.
  return form === undefined
    ? bodyOf(content, headers?.['content-type'] ?? type)
    : multipart([...form.parts, { name: form.name, filename, type, content }]);
}

/** The pieces of the download; that they break off is told as what it is. */
async function* piecesOf(stream: Readable, timeout?: number) {
  try {
    yield* withinTime(stream, timeoutOf(timeout));
  } catch (cause) {
    throw brokenOff(cause);
  }
}

const brokenOff = (cause: unknown) =>
  new WhatsAppError(
    {
      code: 'DOWNLOAD_FAILED',
      description:
        'The download broke off, so the other system did not get the whole file.',
      fix: 'Run the job again; if it happens often, give a longer timeout.',
      retryable: true,
      sent: 'no',
    },
    cause,
  );

const unread = () =>
  new WhatsAppError({
    code: 'TARGET_FAILED',
    description:
      'The system that the file goes to answered before it had read it.',
    fix: ROLE.fix,
    retryable: false,
    sent: 'no',
  });

/** The answer often names the file that was made; mostly in JSON. */
function parsed(body: unknown): unknown {
  try {
    return JSON.parse(body as string) as unknown;
  } catch {
    return body;
  }
}
