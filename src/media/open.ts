import { timeoutOf } from '../graph/request';
import type { ApiRequest } from '../graph/api-request';
import { contentOfBytes, contentOfPieces, withinTime } from '../graph/content';
import type { Content } from '../graph/content';
import type { Piece } from '../graph/wire';
import { readerOf } from './reader';
import type { Reader } from './reader';
import { fetchFile } from './remote';
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
