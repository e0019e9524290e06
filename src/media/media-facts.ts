import type { Client } from '../core/client';
import { readPhoneNumberId } from '../core/client';
import { factsOf, pathTo } from '../graph/request';
import { sendRequest } from '../graph/send-request';
import { refuseOnPremises, WhatsAppError } from '../core/errors';
import type { Work } from '../core/operation';
import { isObject } from '../core/values';
import type { ApiResponse } from '../graph/api-request';
import type { GetMediaOptions, MediaFacts } from '../types';
import { hexOf } from './checksum';
import { forget } from './reuse';
import { readMediaId } from './media-ref';
import { readOptions } from '../core/arguments';

const OPTIONS = ['phoneNumberId', 'timeout', 'retry'];
const NOT_FOUND = 404;

/** Leaves what is known of a media. */
export const getMediaFacts: Work<[unknown, unknown]> = async (
  { client },
  media,
  given,
) => {
  const options = readMediaOptions<GetMediaOptions>(given, OPTIONS);
  const id = readMediaId(media);
  const { facts, answer } = await findMedia(client, id, options);
  return { data: facts, response: factsOf(answer) };
};

/** Deletes a media. */
export const deleteMediaById: Work<[unknown, unknown]> = async (
  { client },
  media,
  given,
) => {
  const options = readMediaOptions<GetMediaOptions>(given, OPTIONS);
  const id = readMediaId(media);
  const answer = await ask(client, 'DELETE', id, options);
  forget(id);
  // Another API than Meta's says nothing where Meta says `success`.
  const said = isObject(answer.body) ? answer.body['success'] : undefined;
  const success = said !== false;
  return { data: { id, success }, response: factsOf(answer) };
};

/** Options of which one may be the ID of the number that the media belongs to. */
export function readMediaOptions<Options extends GetMediaOptions>(
  given: unknown,
  known: readonly string[],
): Options {
  const options = readOptions<Options>(given, known);
  const { phoneNumberId: id } = options;
  if (id === undefined || id === null) return options;
  return { ...options, phoneNumberId: readPhoneNumberId(id) };
}

/** Where a media is for the next five minutes, and what it is. */
export async function findMedia(
  client: Client,
  id: string,
  options: GetMediaOptions,
): Promise<{ facts: MediaFacts; answer: ApiResponse }> {
  if (client.isOnPremises) {
    refuseOnPremises('gives a media only whole: use downloadMedia');
  }
  const answer = await ask(client, 'GET', id, options);
  const { url, mime_type, file_size, sha256 } = isObject(answer.body)
    ? answer.body
    : {};
  if (typeof url !== 'string') throw unreadable(answer.statusCode);
  const size = sizeOf(file_size);
  const hash = hexOf(sha256);
  const facts = {
    id,
    url,
    ...(typeof mime_type === 'string' && { mimeType: mime_type }),
    ...(size !== undefined && { fileSize: size }),
    ...(hash !== undefined && { sha256: hash }),
  };
  return { facts, answer };
}

/** A number of bytes; Meta writes it as a number, or as text. */
function sizeOf(given: unknown): number | undefined {
  const text = typeof given === 'number' ? String(given) : given;
  const isSize = typeof text === 'string' && /^\d{1,15}$/.test(text);
  return isSize ? Number(text) : undefined;
}

const ask = (
  client: Client,
  method: string,
  id: string,
  { phoneNumberId, timeout, retry }: GetMediaOptions,
) =>
  sendRequest(client, {
    ...requestFor(client, method, id, phoneNumberId),
    timeout,
    retry,
  }).catch(explainMissing(client));

/** Graph says of anything that it does not have that it may lack permissions too. */
export const explainMissing =
  (client: Client) =>
  (error: unknown): never => {
    const { metaCode, metaSubcode, statusCode } = error as WhatsAppError;
    const isMissing = client.isOnPremises
      ? statusCode === NOT_FOUND
      : metaCode === 100 && metaSubcode === 33;
    if (!isMissing) throw error;
    throw new WhatsAppError(
      {
        ...(error as WhatsAppError),
        code: 'MEDIA_NOT_FOUND',
        description:
          'WhatsApp has no such media, or this token may not see it.',
        fix: 'Check the ID and the token. What people send is kept for 7 days, an upload for 30 days, and both belong to one phone number.',
      },
      error,
    );
  };

const unreadable = (statusCode: number) =>
  new WhatsAppError({
    code: 'ANSWER_UNREADABLE',
    description: 'The answer does not tell where the media is.',
    fix: 'Check baseUrl in the credential, and run the job again.',
    statusCode,
    retryable: true,
    sent: 'no',
  });

/** A request about a media that is there. */
function requestFor(
  client: Client,
  method: string,
  id: string,
  phoneNumberId?: string,
) {
  if (!client.isOnPremises) {
    const query = { phone_number_id: phoneNumberId };
    return { method, parts: [id], query };
  }
  refuseNumber(phoneNumberId);
  return { method, parts: ['media', id] };
}

/** The address of a media at an API that gives the bytes there; Meta has to be asked for it. */
export function addressOfMedia(
  client: Client,
  id: string,
  phoneNumberId?: string,
): string | undefined {
  if (!client.isOnPremises) return undefined;
  refuseNumber(phoneNumberId);
  const base = client.base;
  return base.origin + pathTo(base, 'media', id);
}

function refuseNumber(phoneNumberId: string | undefined): void {
  if (phoneNumberId === undefined) return;
  refuseOnPremises('has but one number: leave out the option phoneNumberId');
}
