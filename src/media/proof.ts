import { createHash } from 'node:crypto';
import { WhatsAppError } from '../core/errors';
import type { Piece, Pieces } from '../graph/content';
import { inWords } from './size';

/** What a file must be, as far as it is known. */
export type Expected = {
  fileSize?: number | undefined;
  /** In hexadecimal digits. */
  sha256?: string | undefined;
};

/** What a file was found to be. */
export type Proof = { fileSize: number; sha256: string; verified: boolean };

/** Proves bytes, or refuses them. */
export function prove(bytes: Buffer, expected: Expected): Proof {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return compare({ fileSize: bytes.length, sha256 }, expected);
}

/** Proves pieces while they pass. The last one is held back until all of them are proved. */
export async function* proving(
  pieces: Pieces,
  expected: Expected,
  tell: (proof: Proof) => void,
): AsyncGenerator<Piece> {
  const hash = createHash('sha256');
  let fileSize = 0;
  let last: Piece | undefined;
  for await (const piece of pieces) {
    if (last !== undefined) yield last;
    last = piece;
    hash.update(piece);
    fileSize += piece.length;
    if (fileSize > (expected.fileSize ?? Infinity)) break;
  }
  tell(compare({ fileSize, sha256: hash.digest('hex') }, expected));
  if (last !== undefined) yield last;
}

function compare(
  { fileSize, sha256 }: Omit<Proof, 'verified'>,
  expected: Expected,
): Proof {
  if ((expected.fileSize ?? fileSize) !== fileSize) {
    throw mismatch(
      `The download has ${inWords(fileSize)} where WhatsApp tells of ${inWords(expected.fileSize!)}`,
    );
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
