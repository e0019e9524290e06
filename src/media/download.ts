import type { Readable } from 'node:stream';
import type { Client } from '../core/client';
import { refuse, WhatsAppError } from '../core/errors';
import type { Result, Work } from '../core/operation';
import { factsOf, maxSizeOf } from '../graph/request';
import type { DownloadOptions } from '../types';
import { verifyChecksum } from './checksum';
import { fetchMedia } from './fetch';
import type { Fetched } from './fetch';
import { filenameIn, sizeIn, textIn } from './file-headers';
import { forward, readTarget, TARGET_OPTIONS } from './forward';
import { readMediaOptions } from './media-facts';
import { readMediaRef } from './media-ref';
import type { MediaRef } from './media-ref';
import {
  baseOf,
  normalizeType,
  extensionFor,
  tooLargeToRead,
} from './media-types';
import { discard } from './open-file';

const OPTIONS = [
  'as',
  'maxSize',
  'phoneNumberId',
  'to',
  ...TARGET_OPTIONS,
  'timeout',
  'retry',
];

// What a state can hold: OpenFn's workers end a run whose state is much larger.
const MAX_SIZE = 16 * 1024 * 1024;

/** Downloads a media, to state or straight on to another system. */
export const downloadFile: Work<[unknown, unknown]> = (
  { client },
  media,
  given,
) => {
  const options = readMediaOptions<DownloadOptions>(given, OPTIONS);
  maxSizeOf(options.maxSize);
  const mediaRef = readMediaRef(media);
  return options.to === undefined
    ? keep(client, mediaRef, options)
    : passOn(client, mediaRef, options);
};

async function keep(
  client: Client,
  mediaRef: MediaRef,
  options: DownloadOptions,
): Promise<Result> {
  const read = readContent(options);
  const maxSize = options.maxSize ?? MAX_SIZE;
  const how = { parseAs: 'bytes', maxSize } as const;
  const fetched = await fetchMedia(client, mediaRef, options, how, facts =>
    checkSize(facts.fileSize, maxSize, 'state'),
  ).catch(error => tellOfSize(error, maxSize));
  const bytes = fetched.answer.body as Buffer;
  const proof = verifyChecksum(bytes, fetched.facts);
  const { id, ...names } = namesOf(fetched, mediaRef);
  const data = { ...(id && { id }), content: read(bytes), ...names, ...proof };
  return { data, response: factsOf({ ...fetched.answer, body: undefined }) };
}

async function passOn(
  client: Client,
  mediaRef: MediaRef,
  options: DownloadOptions,
): Promise<Result> {
  const target = readTarget(options);
  const maxSize = options.maxSize ?? Infinity;
  const how = { parseAs: 'stream' } as const;
  const fetched = await fetchMedia(client, mediaRef, options, how, facts =>
    checkSize(facts.fileSize, maxSize, 'system'),
  );
  const stream = fetched.answer.body as Readable;
  try {
    const size = fetched.facts.fileSize ?? sizeIn(fetched.answer.headers);
    checkSize(size, maxSize, 'system');
    const names = namesOf(fetched, mediaRef);
    const expected = { ...fetched.facts, fileSize: size, maxSize };
    const { proof, answer } = await forward(stream, expected, names, target);
    const { statusCode } = answer;
    const data = { ...names, ...proof, statusCode };
    return { data, response: factsOf(answer) };
  } finally {
    discard(stream);
  }
}

/** What the file is called, and what type it is. */
function namesOf({ facts, answer }: Fetched, mediaRef: MediaRef) {
  const { id } = facts;
  const mimeType =
    facts.mimeType ??
    mediaRef.mimeType ??
    textIn(answer.headers, 'content-type');
  const given = mediaRef.filename ?? filenameIn(answer.headers);
  const made = `${id ?? 'media'}${extensionFor(mimeType && normalizeType(mimeType))}`;
  return {
    ...(id !== undefined && { id }),
    ...(mimeType !== undefined && { mimeType }),
    filename: baseOf(given) || made,
  };
}

function checkSize(
  size: number | undefined,
  maxSize: number,
  goesTo: 'state' | 'system',
): void {
  if (size === undefined || size <= maxSize) return;
  throw tooLargeToRead({ size, maxSize }, goesTo);
}

/** The client stopped an answer that was longer than it was said to be. */
function tellOfSize(error: unknown, maxSize: number): never {
  if ((error as WhatsAppError).code !== 'ANSWER_TOO_LARGE') throw error;
  throw tooLargeToRead({ maxSize }, 'state');
}

const FORMS = ['base64', 'text', 'json'];

/** How the bytes of a download become a content that survives JSON. */
function readContent({
  as = 'base64',
  ...options
}: DownloadOptions): (bytes: Buffer) => unknown {
  if (!FORMS.includes(as)) {
    refuse(
      'INVALID_OPTIONS',
      'The option as has a value that it cannot have.',
      `Use one of ${FORMS.join(', ')}.`,
    );
  }
  for (const name of TARGET_OPTIONS) {
    if (options[name] !== undefined) refuseAlone(name);
  }
  if (as === 'base64') return bytes => bytes.toString('base64');
  return as === 'text' ? textOf : jsonOf;
}

const refuseAlone = (name: string) =>
  refuse(
    'INVALID_OPTIONS',
    `The option ${name} goes with the option to, which is missing.`,
    'Give the address of the other system as to.',
  );

/** Text without its byte order mark. */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw unreadable('text in UTF-8');
  }
}

function jsonOf(bytes: Buffer): unknown {
  const text = textOf(bytes);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // No cause: the parser's own error quotes the file.
    throw unreadable('JSON');
  }
}

const unreadable = (form: string) =>
  new WhatsAppError({
    code: 'MEDIA_UNREADABLE',
    description: `The media is whole, but it is not ${form}.`,
    fix: "Download it with as: 'base64'.",
    retryable: false,
    sent: 'no',
  });
