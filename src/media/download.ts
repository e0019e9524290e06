import { factsOf, maxSizeOf } from '../graph/request';
import type { Readable } from 'node:stream';
import type { Client } from '../core/client';
import type { WhatsAppError } from '../core/errors';
import type { Result, Work } from '../core/operation';
import type { DownloadOptions } from '../types';
import { filenameIn, sizeIn, textIn } from './answer-headers';
import { deliver } from './deliver';
import { fetchMedia } from './fetch';
import type { Fetched } from './fetch';
import { baseOf, extensionFor } from './filename';
import { prove } from './proof';
import { readMediaOptions } from './locate';
import { discard } from './remote';
import { tooLargeToRead } from './size';
import { canonical } from './table';
import { readTarget, TARGET_OPTIONS } from './target';
import { readContent } from './unpack';
import { readWanted } from './wanted';
import type { Wanted } from './wanted';

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
export const downloading: Work<[unknown, unknown]> = (
  { client },
  media,
  given,
) => {
  const options = readMediaOptions<DownloadOptions>(given, OPTIONS);
  maxSizeOf(options.maxSize);
  const wanted = readWanted(media);
  return options.to === undefined
    ? keep(client, wanted, options)
    : passOn(client, wanted, options);
};

async function keep(
  client: Client,
  wanted: Wanted,
  options: DownloadOptions,
): Promise<Result> {
  const read = readContent(options);
  const maxSize = options.maxSize ?? MAX_SIZE;
  const how = { parseAs: 'bytes', maxSize } as const;
  const fetched = await fetchMedia(client, wanted, options, how, facts =>
    checkSize(facts.fileSize, maxSize, 'state'),
  ).catch(error => tellOfSize(error, maxSize));
  const bytes = fetched.answer.body as Buffer;
  const proof = prove(bytes, fetched.facts);
  const { id, ...names } = namesOf(fetched, wanted);
  const data = { ...(id && { id }), content: read(bytes), ...names, ...proof };
  return { data, response: factsOf({ ...fetched.answer, body: undefined }) };
}

async function passOn(
  client: Client,
  wanted: Wanted,
  options: DownloadOptions,
): Promise<Result> {
  const target = readTarget(options);
  const maxSize = options.maxSize ?? Infinity;
  const how = { parseAs: 'stream' } as const;
  const fetched = await fetchMedia(client, wanted, options, how, facts =>
    checkSize(facts.fileSize, maxSize, 'system'),
  );
  const stream = fetched.answer.body as Readable;
  try {
    const size = fetched.facts.fileSize ?? sizeIn(fetched.answer.headers);
    checkSize(size, maxSize, 'system');
    const names = namesOf(fetched, wanted);
    const expected = { ...fetched.facts, fileSize: size, maxSize };
    const { proof, answer } = await deliver(stream, expected, names, target);
    const { statusCode } = answer;
    const data = { ...names, ...proof, statusCode };
    return { data, response: factsOf(answer) };
  } finally {
    discard(stream);
  }
}

/** What the file is called, and what type it is. */
function namesOf({ facts, answer }: Fetched, wanted: Wanted) {
  const { id } = facts;
  const mimeType =
    facts.mimeType ?? wanted.mimeType ?? textIn(answer.headers, 'content-type');
  const given = wanted.filename ?? filenameIn(answer.headers);
  const made = `${id ?? 'media'}${extensionFor(mimeType && canonical(mimeType))}`;
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
