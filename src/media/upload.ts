import { factsOf } from '../graph/request';
import { sendRequest } from '../graph/send-request';
import type { Client } from '../core/client';
import { refuse, WhatsAppError } from '../core/errors';
import type { Work } from '../core/operation';
import { isObject, nameOf } from '../core/values';
import type { ApiResponse } from '../graph/api-request';
import { startOf, uploadFor } from '../graph/api-variant';
import type { Retry, UploadOptions } from '../types';
import { mend } from './filename';
import { prepare } from './prepare';
import type { Purpose } from './prepare';
import { preview } from './preview';
import { keyOf, once } from './reuse';
import { readFile } from './source';
import type { GivenFile } from './source';
import { readOptions } from '../core/arguments';

/** How an upload is made. */
export type Way = {
  reuse?: boolean | undefined;
  timeout?: number | undefined;
  retry?: Retry | false | undefined;
};

/** A media at Meta; without an answer when it was there before. */
export type Uploaded = {
  id: string;
  type: string;
  filename: string;
  answer?: ApiResponse | undefined;
};

const OPTIONS = ['filename', 'type', 'reuse', 'timeout', 'retry', 'dryRun'];
// Meta looks at a large file before it answers.
const TIMEOUT = 120_000;

/** Uploads a file and leaves its ID. */
export const uploading: Work<[unknown, unknown]> = async (
  { client },
  file,
  given,
) => {
  const options = readOptions<UploadOptions>(given, OPTIONS);
  const named = { ...readFile(file), ...namesIn(options) };
  if (options.dryRun) {
    const request = await preview(client, named, {});
    return { data: { dryRun: true, ...request } };
  }
  const { id, answer } = await upload(client, named, {}, options);
  return { data: { id }, ...(answer && { response: factsOf(answer) }) };
};

/** Uploads a file, or gives the ID of the same one when that may be used again. */
export async function upload(
  client: Client,
  file: GivenFile,
  purpose: Purpose,
  way: Way,
): Promise<Uploaded> {
  const make = () => uploadAnew(client, file, purpose, way);
  if (!way.reuse) return make();
  const { promise, isFirst } = once(keyOf(client, file, purpose), make);
  const uploaded = await promise;
  if (isFirst) return uploaded;
  const { id, type, filename } = uploaded;
  return { id, type, filename: mend(file.filename ?? filename, type) };
}

async function uploadAnew(
  client: Client,
  file: GivenFile,
  purpose: Purpose,
  { timeout = TIMEOUT, retry }: Way,
): Promise<Uploaded> {
  // Whether there is a number to upload to is known before the file is opened.
  startOf(client);
  const prepared = await prepare(file, purpose, { timeout, retry });
  try {
    const answer = await sendRequest(client, {
      ...uploadFor(client, prepared),
      // A second upload leaves a file that nobody uses, and does no harm.
      isIdempotent: true,
      timeout,
      retry,
    });
    const { type, filename } = prepared;
    return { id: idIn(answer), type, filename, answer };
  } finally {
    prepared.close();
  }
}

function idIn({ body, statusCode }: ApiResponse): string {
  const { id } = mediaIn(body);
  if (typeof id === 'string' && id !== '') return id;
  throw new WhatsAppError({
    code: 'ANSWER_UNREADABLE',
    description: 'The answer to the upload names no media.',
    fix: 'Check baseUrl in the credential, and run the job again.',
    statusCode,
    retryable: true,
    sent: 'no',
  });
}

/** Meta names the media itself, another API a list of one. */
function mediaIn(body: unknown): Record<string, unknown> {
  if (!isObject(body)) return {};
  const list = body['media'];
  const first: unknown = Array.isArray(list) ? list[0] : body;
  return isObject(first) ? first : {};
}

/** The options that say more about the file. */
export const namesIn = ({ filename, type }: UploadOptions) => ({
  ...(filename && { filename: readName(filename, 'filename') }),
  ...(type && { type: readName(type, 'type') }),
});

function readName(value: unknown, option: string): string {
  if (typeof value === 'string') return value;
  return refuse(
    'INVALID_OPTIONS',
    `The option ${option} is ${nameOf(value)}, not text.`,
    `Give the ${option} as text, or leave it out.`,
  );
}
