import { contentOfPieces } from '../graph/content';
import type { Content, Piece, Pieces } from '../graph/content';
import { createHash } from 'node:crypto';
import { WhatsAppError } from '../core/errors';
import { inDifferentWords, tooLargeToRead } from './media-types';

/** What a file must be, as far as it is known. */
export type Expected = {
  fileSize?: number | undefined;
  /** In hexadecimal digits. */
  sha256?: string | undefined;
  /** The most bytes that it may have. */
  maxSize?: number | undefined;
};

/** What a file was found to be. */
export type VerifiedFile = {
  fileSize: number;
  sha256: string;
  verified: boolean;
};

/** Proves bytes, or refuses them. */
export function verifyChecksum(
  bytes: Buffer,
  expected: Expected,
): VerifiedFile {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return compare({ fileSize: bytes.length, sha256 }, expected);
}

/** Up to this size a file is proven before any of it goes on. */
const IN_MEMORY = 16 * 1024 * 1024;

/** A file on its way to another system: its bytes, and the proof once all of them were taken. */
export type Passing = {
  content: Content;
  proof: () => VerifiedFile | undefined;
};

/**
 * Reads a file as far as it fits in memory. One that fits is proven now; a
 * larger one while it passes, without its last piece until the proof.
 */
export async function holdBack(
  given: Pieces,
  expected: Expected,
): Promise<Passing> {
  let proof: VerifiedFile | undefined;
  const pieces = verifyPieces(given, expected, found => (proof = found));
  const held: Piece[] = [];
  let size = 0;
  while (size <= IN_MEMORY) {
    const next = await pieces.next();
    if (next.done) return inMemory(held, proof!);
    held.push(next.value);
    size += next.value.length;
  }
  const content = contentOfPieces(joined(held, pieces), expected.fileSize);
  return { content, proof: () => proof };
}

/** A file whose bytes are known to be right, and can be read again. */
function inMemory(pieces: Piece[], proof: VerifiedFile): Passing {
  let isTaken = pieces.length === 0;
  function* take() {
    for (const [index, piece] of pieces.entries()) {
      isTaken = index === pieces.length - 1;
      yield piece;
    }
  }
  return {
    content: { size: proof.fileSize, pieces: take, isSpent: () => false },
    proof: () => (isTaken ? proof : undefined),
  };
}

async function* joined(held: Piece[], rest: AsyncIterable<Piece>) {
  yield* held.splice(0);
  yield* rest;
}

/** Proves pieces while they pass. The last one is held back until all of them are proven. */
export async function* verifyPieces(
  pieces: Pieces,
  expected: Expected,
  tell: (proof: VerifiedFile) => void,
): AsyncGenerator<Piece> {
  const hash = createHash('sha256');
  const { maxSize = Infinity } = expected;
  let fileSize = 0;
  let last: Piece | undefined;
  for await (const piece of pieces) {
    // An empty piece would be held back in the place of the last bytes.
    if (piece.length === 0) continue;
    fileSize += piece.length;
    if (fileSize > maxSize) throw tooLargeToRead({ maxSize }, 'system');
    // Before the piece in front of it leaves: with that, the length may be reached.
    if (fileSize > (expected.fileSize ?? Infinity)) break;
    hash.update(piece);
    if (last !== undefined) yield last;
    last = piece;
  }
  tell(compare({ fileSize, sha256: hash.digest('hex') }, expected));
  if (last !== undefined) yield last;
}

function compare(
  { fileSize, sha256 }: Omit<VerifiedFile, 'verified'>,
  expected: Expected,
): VerifiedFile {
  if ((expected.fileSize ?? fileSize) !== fileSize) {
    const [has, told] = inDifferentWords(fileSize, expected.fileSize!);
    throw mismatch(`The download has ${has} where WhatsApp tells of ${told}`);
  }
  if ((expected.sha256 ?? sha256) !== sha256) {
    throw mismatch('The download does not have the hash that WhatsApp tells');
  }
  return { fileSize, sha256, verified: expected.sha256 !== undefined };
}

const mismatch = (description: string) =>
  new WhatsAppError({
    code: 'MEDIA_MISMATCH',
    description: `${description}, so nothing of it was kept.`,
    fix: 'Run the job again; if it stays, ask the person to send the file again.',
    retryable: true,
    sent: 'no',
  });

/** A sha256 in hexadecimal digits; Meta writes it so, or in base64. */
export function hexOf(hash: unknown): string | undefined {
  if (typeof hash !== 'string') return undefined;
  if (/^[\da-f]{64}$/i.test(hash)) return hash.toLowerCase();
  const hex = Buffer.from(hash, 'base64').toString('hex');
  return hex.length === 64 ? hex : undefined;
}
