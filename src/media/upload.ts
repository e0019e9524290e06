import type { Client } from '../core/client';
import { readOptions } from '../core/arguments';
import { refuse, WhatsAppError } from '../core/errors';
import type { Work } from '../core/operation';
import { isObject, nameOf } from '../core/values';
import type { ApiRequest, ApiResponse } from '../graph/api-request';
import { bodyOf } from '../graph/content';
import type { Content } from '../graph/content';
import { multipart } from '../graph/multipart';
import { factsOf, pathTo } from '../graph/request';
import { sendRequest } from '../graph/send-request';
import type { Retry, UploadOptions } from '../types';
import { checkFormat, typeOf } from './file-type';
import { limited, maxSizeFor, correctFilename } from './media-types';
import type { Purpose } from './media-types';
import { nameIn, openFile } from './open-file';
import type { OpenFile } from './open-file';
import { keyOf, once } from './reuse';
import { readFile } from './source';
import type { GivenFile } from './source';

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
export const uploadFile: Work<[unknown, unknown]> = async (
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
  return {
    id,
    type,
    filename: correctFilename(file.filename ?? filename, type),
  };
}

async function uploadAnew(
  client: Client,
  file: GivenFile,
  purpose: Purpose,
  { timeout = TIMEOUT, retry }: Way,
): Promise<Uploaded> {
  // Whether there is a number to upload to is known before the file is opened.
  void client.numberParts;
  const prepared = await prepare(file, purpose, { timeout, retry });
  try {
    const answer = await sendRequest(client, {
      ...requestFor(client, prepared),
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

/** The request that uploads a file: a form, or at another API than Meta's its bytes alone. */
const requestFor = (client: Client, { type, filename, content }: Prepared) => ({
  method: 'POST',
  parts: [...client.numberParts, 'media'],
  body: client.isOnPremises
    ? bodyOf(content, type)
    : multipart([
        { name: 'messaging_product', value: 'whatsapp' },
        { name: 'type', value: type },
        { name: 'file', filename, type, content },
      ]),
});

/** A file as Meta takes it. */
export type Prepared = {
  type: string;
  filename: string;
  content: Content;
  close: () => void;
};

/** Opens a file and checks, before anything is sent, whether Meta would take it. */
export async function prepare(
  given: GivenFile,
  purpose: Purpose,
  options: Pick<ApiRequest, 'timeout' | 'retry'>,
): Promise<Prepared> {
  const file = await openFile(given, options);
  try {
    return await checked(file, purpose);
  } catch (error) {
    file.close();
    throw error;
  }
}

async function checked(file: OpenFile, { kind, isVoice }: Purpose) {
  const { head, content, close } = file;
  if (head.length === 0) throw empty();
  const type = await typeOf(head, file, kind);
  checkFormat(type, head, isVoice === true);
  return {
    type,
    filename: correctFilename(file.filename, type),
    content: limited(content, maxSizeFor(type, head)),
    close,
  };
}

const empty = () =>
  new WhatsAppError({
    code: 'INVALID_FILE',
    description: 'The file is empty.',
    fix: 'Check where it comes from: a stream that was read before gives nothing more.',
    retryable: false,
    sent: 'no',
  });

type Described = {
  type?: string;
  file: { filename?: string; size?: number | undefined };
};

/**
 * What an upload would send. Bytes are checked as for an upload; a stream is
 * not read and a URL not fetched, so only what was said about them is known.
 */
export async function preview(
  client: Client,
  file: GivenFile,
  purpose: Purpose,
) {
  return {
    method: 'POST',
    path: pathTo(client.base, ...client.numberParts, 'media'),
    body: {
      ...(!client.isOnPremises && { messaging_product: 'whatsapp' }),
      ...(await described(file, purpose)),
    },
  };
}

async function described(
  file: GivenFile,
  purpose: Purpose,
): Promise<Described> {
  const { source } = file;
  if ('bytes' in source) {
    const { type, filename, content } = await prepare(file, purpose, {});
    return { type, file: { filename, size: content.size } };
  }
  const filename =
    file.filename ?? ('url' in source ? nameIn(source.url) : undefined);
  return {
    ...(file.type && { type: file.type }),
    file: { ...(filename && { filename }) },
  };
}
