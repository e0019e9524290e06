import { prepare } from '../media/upload';
import type { Kind } from '../media/media-types';
import { refuse } from '../core/errors';
import { readFile } from '../media/source';
import type { AccountOptions } from '../types';
import { deliveryOf } from './options';

/** A file that goes to Meta whole. */
export type WholeFile = { bytes: Buffer; filename: string; type: string };

/** Which files a place takes: of a kind of media, and of it only these types. */
export type Accepts = { kind: Kind; types: readonly string[] };

/** A file of a job, read whole and checked. `at` is what the job calls it. */
export async function readWhole(
  given: unknown,
  at: string,
  { kind, types }: Accepts,
  options: AccountOptions,
): Promise<WholeFile> {
  const source = readFile(given, at);
  const prepared = await prepare(source, { kind }, deliveryOf(options));
  const { type, filename, content, close } = prepared;
  try {
    if (!types.includes(type)) {
      const names = types.map(nameOf).join(' or ');
      refuse(
        'MEDIA_UNSUPPORTED',
        `${at} is a ${nameOf(type)} file; WhatsApp takes ${names} here.`,
        `Convert it to ${names}.`,
      );
    }
    const pieces: Uint8Array[] = [];
    for await (const piece of content.pieces()) pieces.push(piece);
    return { type, filename, bytes: Buffer.concat(pieces) };
  } finally {
    close();
  }
}

const nameOf = (type: string) => type.replace(/.*\//, '').toUpperCase();
