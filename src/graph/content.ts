import { Readable } from 'node:stream';

// Bytes on their way: looked at piece by piece, never as a whole.

export type Piece = Uint8Array;
export type Pieces = AsyncIterable<Piece> | Iterable<Piece>;

/**
 * A body that is made while it is sent. Its bytes are read anew for every try,
 * as long as they can be.
 */
export type MadeBody = AsyncIterable<Piece> & {
  /** What it says about itself: type and, when known, length. */
  headers: Record<string, string>;
  isSpent: () => boolean;
  /** What is in it, so that an error can be cleared of it. */
  words: unknown;
};

export const isMadeBody = (body: unknown): body is MadeBody =>
  typeof body === 'object' && body !== null && 'isSpent' in body;

/** A Node or web stream. A job cannot make one, but adaptors leave them on state. */
export const isStream = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' &&
  value !== null &&
  !Buffer.isBuffer(value) &&
  Symbol.asyncIterator in value;

/** Stands for bytes that pass through and that nobody keeps. */
export const UNREAD = Symbol('unread');

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
  pieces: () => piecesOf(bytes),
  isSpent: () => false,
});

/** Bytes in pieces: larger ones are hardly faster. */
export function* piecesOf(bytes: Buffer): Iterable<Piece> {
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
