import { Readable } from 'node:stream';
import { refuse } from '../core/errors';
import { UNREAD, isMadeBody, isStream } from './wire';
import type { MadeBody, Piece, Pieces } from './wire';

// Bytes on their way: looked at piece by piece, never as a whole.

/** The bytes of a file: those in memory can be read as often as wanted, a stream once. */
export type Content = {
  /** How many bytes, when that is known before. */
  size?: number | undefined;
  pieces: () => Pieces;
  /** The bytes, when they are in memory. */
  bytes?: Buffer | undefined;
  /** Whether reading has begun, and cannot begin again. */
  isSpent: () => boolean;
};

// Larger pieces are hardly faster, and a slow line would take longer for one of them than a time-out lasts.
const PIECE = 256 * 1024;

/** Bytes in memory. */
export const contentOfBytes = (bytes: Buffer): Content => ({
  size: bytes.length,
  bytes,
  pieces: () => cut(bytes),
  isSpent: () => false,
});

function* cut(bytes: Buffer): Iterable<Piece> {
  for (let from = 0; from < bytes.length; from += PIECE) {
    yield bytes.subarray(from, from + PIECE);
  }
}

/** The pieces of a stream; `size` when it is known. */
export function contentOfPieces(pieces: Pieces, size?: number): Content {
  let isSpent = false;
  return {
    size,
    pieces: () => {
      isSpent = true;
      return pieces;
    },
    isSpent: () => isSpent,
  };
}

/** The bytes of a content as the whole body of a request. */
export const bodyOf = (content: Content, type: string): MadeBody => ({
  headers: { 'content-type': type, ...lengthOf(content.size) },
  isSpent: content.isSpent,
  words: content.bytes ?? UNREAD,
  async *[Symbol.asyncIterator]() {
    yield* content.pieces();
  },
});

/** The header of a length, when that is known. */
export const lengthOf = (length: number | undefined) =>
  length === undefined ? {} : { 'content-length': String(length) };

/** Whether a body can go out once more: a stream that was read from is gone. */
export function canBeSentAgain(body: unknown): boolean {
  if (isMadeBody(body)) return !body.isSpent();
  return !isStream(body) || !Readable.isDisturbed(body as Readable);
}

/** The pieces of a stream, which may be text, or written as text; large ones are cut. */
export async function* bytesOf(
  stream: AsyncIterable<unknown> & { readableEncoding?: BufferEncoding | null },
): AsyncGenerator<Piece> {
  for await (const piece of stream) {
    if (typeof piece === 'string') {
      yield* cut(Buffer.from(piece, stream.readableEncoding ?? 'utf8'));
    } else if (ArrayBuffer.isView(piece)) {
      const { buffer, byteOffset, byteLength } = piece;
      yield* cut(Buffer.from(buffer, byteOffset, byteLength));
    } else refuseStream();
  }
}

const refuseStream = () =>
  refuse(
    'INVALID_FILE',
    'The stream of a file gives objects instead of bytes.',
    'Give a stream of bytes, as createReadStream makes it.',
  );

/** How many time-outs a file may take, from its first piece to its last. */
export const TIMEOUTS_OF_A_FILE = 10;

/** A file as it comes, which may take several time-outs, but not more. */
export async function* withinTime(
  stream: AsyncIterable<Uint8Array>,
  timeout: number,
): AsyncGenerator<Uint8Array> {
  const end = Date.now() + timeout * TIMEOUTS_OF_A_FILE;
  for await (const piece of stream) {
    if (Date.now() > end) throw new Error('The file takes too long.');
    yield piece;
  }
}
