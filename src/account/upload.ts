import type { Client } from '../core/client';
import { sendRequest } from '../graph/send-request';
import { refuse, WhatsAppError } from '../core/errors';
import { isObject } from '../core/values';
import { splitPath } from '../graph/url';
import type { AccountOptions } from '../types';
import type { WholeFile } from './file';
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
