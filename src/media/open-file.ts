import type { Readable } from 'node:stream';
import { WhatsAppError } from '../core/errors';
import { mayLeadTo } from '../graph/address';
import type { ApiRequest, ApiResponse } from '../graph/api-request';
import { contentOfBytes, contentOfPieces, withinTime } from '../graph/content';
import type { Content, Piece } from '../graph/content';
import { sendExternalRequest } from '../graph/external-request';
import { bytesOf } from '../graph/form';
import { timeoutOf } from '../graph/request';
import { filenameIn, sizeIn, textIn } from './file-headers';
import type { GivenFile } from './source';

/** A file whose first bytes are known, and whose rest is still to come. */
export type OpenFile = {
  head: Buffer;
  content: Content;
  filename?: string | undefined;
  type?: string | undefined;
  /** Gives up what was not read. */
  close: () => void;
};

// Enough for the frame header of a JPEG behind the usual pictures and profiles.
const HEAD = 64 * 1024;

/** Opens a file; what the job says about it wins over what its server says. */
export async function openFile(
  { source, ...said }: GivenFile,
  options: Pick<ApiRequest, 'timeout' | 'retry'>,
): Promise<OpenFile> {
  if ('bytes' in source) {
    const { bytes } = source;
    const close = () => undefined;
    return { head: bytes, content: contentOfBytes(bytes), close, ...said };
  }
  const timeout = timeoutOf(options.timeout);
  if ('stream' in source) {
    return { ...(await peek(readerOf(source.stream, timeout))), ...said };
  }
  const remote = await fetchFile(source.url, options);
  const { stream, size, ...known } = remote;
  return {
    ...known,
    ...(await peek(
      readerOf(withinTime(stream, timeoutOf(timeout)), timeout, stream),
      size,
    )),
    ...said,
  };
}

async function peek(reader: Reader, size?: number) {
  const first: Piece[] = [];
  const { length, isWhole } = await readHead(reader, first);
  return {
    head: Buffer.concat(first, Math.min(length, HEAD)),
    content: contentOfPieces(joined(first, reader), isWhole ? length : size),
    close: reader.close,
  };
}

async function readHead(reader: Reader, first: Piece[]) {
  let length = 0;
  try {
    while (length < HEAD) {
      const piece = await reader.next();
      if (piece === undefined) return { length, isWhole: true };
      first.push(piece);
      length += piece.length;
    }
  } catch (error) {
    reader.close();
    throw error;
  }
  return { length, isWhole: false };
}

async function* joined(first: Piece[], { next }: Reader) {
  yield* first.splice(0);
  for (let piece = await next(); piece; piece = await next()) yield piece;
}

// A timer cannot be set for longer.
const LONGEST = 2 ** 31 - 1;

/** A stream, read when its next piece is wanted. */
type Reader = {
  /** The next piece; undefined at the end. */
  next: () => Promise<Piece | undefined>;
  /** Gives up what was not read. */
  close: () => void;
};

/** Reads a stream, but waits for each piece only so long; `source` is what to give up with it. */
function readerOf(
  stream: AsyncIterable<unknown>,
  timeout: number,
  source: object = stream,
): Reader {
  const iterator = bytesOf(stream);
  return {
    next: async () => {
      const next = await inTime(iterator.next(), timeout).catch(tellOfSource);
      return next.done ? undefined : next.value;
    },
    close: () => {
      // To end the iterator would wait for a stream that may have stalled.
      if ('destroy' in source && typeof source.destroy === 'function') {
        (source as { destroy: () => void }).destroy();
      }
      iterator.return(undefined).catch(() => undefined);
    },
  };
}

async function inTime<T>(promise: Promise<T>, timeout: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error('Nothing came.')),
      Math.min(timeout, LONGEST),
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function tellOfSource(cause: unknown): never {
  if (cause instanceof WhatsAppError) throw cause;
  throw new WhatsAppError(
    {
      code: 'SOURCE_FAILED',
      description:
        'The file broke off or stopped while it was read, so it was not uploaded.',
      fix: 'Check where the stream or the URL comes from, and run the job again.',
      retryable: true,
      sent: 'no',
    },
    cause,
  );
}

/** A file at another system, on its way. */
type Remote = {
  stream: Readable;
  size?: number | undefined;
  filename?: string | undefined;
  type?: string | undefined;
};

const REDIRECTS = 3;

const ROLE = {
  code: 'SOURCE_FAILED',
  name: 'The server of the file',
  label: 'the file of another server',
  fix: 'Check the URL: it must give the file to anybody, without a login.',
};

/** Fetches a file from another system, along a few redirects. */
async function fetchFile(
  url: URL,
  options: Pick<ApiRequest, 'timeout' | 'retry'>,
): Promise<Remote> {
  for (let redirects = 0, at = url; ; redirects++) {
    const answer = await sendExternalRequest(
      {
        ...options,
        method: 'GET',
        url: at,
        // Asked for as it is, its length is the one that counts.
        headers: { 'accept-encoding': 'identity' },
        parseAs: 'stream',
        isSuccess: status => isOk(status) || isRedirect(status),
      },
      ROLE,
    );
    if (isOk(answer.statusCode)) return remoteOf(answer, at);
    discard(answer.body as Readable);
    at = nextOf(answer, at, redirects);
  }
}

const isOk = (status: number) => status >= 200 && status < 300;
const isRedirect = (status: number) => status >= 300 && status < 400;

function remoteOf({ headers, body }: ApiResponse, url: URL): Remote {
  return {
    stream: body as Readable,
    size: sizeIn(headers),
    filename: filenameIn(headers) ?? nameIn(url),
    type: textIn(headers, 'content-type'),
  };
}

function nextOf({ headers }: ApiResponse, from: URL, redirects: number): URL {
  const location = textIn(headers, 'location') ?? '';
  if (location === '' || !URL.canParse(location, from.href)) {
    throw refused('The server of the file redirects to nowhere.');
  }
  if (redirects >= REDIRECTS) {
    throw refused(
      `The server of the file redirects more than ${REDIRECTS} times.`,
    );
  }
  const to = new URL(location, from);
  if (mayLeadTo(to, from)) return to;
  throw refused(
    'The server of the file redirects to an address that is not https, or that lies inside a private network.',
  );
}

const refused = (description: string) =>
  new WhatsAppError({
    code: 'REDIRECT_REFUSED',
    description,
    fix: 'Give the URL where the file itself lies.',
    retryable: false,
    sent: 'no',
  });

/** The last part of the path, which often is the name of the file. */
export function nameIn({ pathname }: URL): string | undefined {
  const name = pathname.slice(pathname.lastIndexOf('/') + 1) || undefined;
  try {
    return name && decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Gives up an answer that nobody will read. */
export function discard(body: Readable): void {
  // Destroying is told as an error, which nobody waits for.
  body.on('error', () => undefined).destroy();
}
