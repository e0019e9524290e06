import type { Client } from '../core/client';
import { refuse, WhatsAppError } from '../core/errors';
import { isObject } from '../core/values';
import { sendRequest } from '../graph/send-request';
import { splitPath } from '../graph/url';
import type { Kind } from '../media/media-types';
import { readFile } from '../media/source';
import { prepare } from '../media/upload';
import type { AccountOptions } from '../types';
import { deliveryOf } from './options';
import { readToken } from './token';

/**
 * Uploads a file the resumable way, which belongs to the app and not to the
 * number, and gives Meta's handle of it: the only form in which a template's
 * sample or a profile's picture is taken.
 */
export async function uploadForHandle(
  client: Client,
  { bytes, filename, type }: WholeFile,
  options: AccountOptions,
): Promise<string> {
  void client.token;
  const delivery = { ...deliveryOf(options), isIdempotent: true };
  const opened = await sendRequest(client, {
    method: 'POST',
    parts: [await appOf(client, options), 'uploads'],
    query: { file_name: filename, file_length: bytes.length, file_type: type },
    ...delivery,
  });
  const { parts, search } = splitPath(fieldOf(opened.body, 'id'));
  const finished = await sendRequest(client, {
    method: 'POST',
    parts,
    search,
    headers: { file_offset: '0', 'content-type': type },
    body: bytes,
    ...delivery,
  });
  return fieldOf(finished.body, 'h');
}

async function appOf(client: Client, options: AccountOptions): Promise<string> {
  const { appId } = await readToken(client, options);
  return (
    appId ??
    refuse(
      'UPLOAD_FAILED',
      'Meta does not tell which app the token belongs to, so the file cannot be uploaded.',
      'Use the token of a System User of your Meta app.',
    )
  );
}

function fieldOf(body: unknown, name: string): string {
  const value = isObject(body) ? body[name] : undefined;
  if (typeof value === 'string' && value !== '') return value;
  throw new WhatsAppError({
    code: 'UPLOAD_FAILED',
    description: 'Meta took the file, but gave no handle for it.',
    fix: 'Run the job again; nothing was changed yet.',
    retryable: true,
    sent: 'no',
  });
}

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

/** Reads files whole, and uploads them. */
export type FileUpload = {
  readWhole: typeof readWhole;
  uploadForHandle: typeof uploadForHandle;
};

export const fileUpload: FileUpload = { readWhole, uploadForHandle };
