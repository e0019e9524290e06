import type { Client } from '../core/client';
import { sendRequest } from '../graph/send-request';
import { refuse, WhatsAppError } from '../core/errors';
import type { ApiRequest, ApiResponse } from '../graph/api-request';
import type { DownloadOptions, MediaFacts } from '../types';
import { addressOfMedia, explainMissing, findMedia } from './media-facts';
import type { MediaRef } from './media-ref';

/** Where the bytes are, and what is known of them. */
export type Fetched = { facts: MediaFacts; answer: ApiResponse };

/** Reads the bytes of a media. An address that is too old is asked for anew, once. */
export async function fetchMedia(
  client: Client,
  mediaRef: MediaRef,
  options: DownloadOptions,
  how: Pick<ApiRequest, 'parseAs' | 'maxSize'>,
  check: (facts: MediaFacts) => void,
): Promise<Fetched> {
  const { id, url } = mediaRef;
  if (id === undefined && options.phoneNumberId !== undefined) refuseCheck();
  const read = async (facts: MediaFacts) => {
    check(facts);
    const call = callOf(client, facts.url, options, how);
    return { facts, answer: await sendRequest(client, call) };
  };
  const address = id && addressOfMedia(client, id, options.phoneNumberId);
  if (address) {
    return read({ ...mediaRef, url: address })
      .catch(explainMissing(client))
      .catch(tellOfDownload);
  }
  const readAnew = async () =>
    read({ ...mediaRef, ...(await findMedia(client, id!, options)).facts });
  const isKnown = url !== undefined && options.phoneNumberId === undefined;
  const first = isKnown ? read({ ...mediaRef, url }) : readAnew();
  return first
    .catch((error: unknown) => {
      if (id === undefined || !isTooOld(error)) throw error;
      return readAnew();
    })
    .catch(tellOfDownload);
}

function callOf(
  client: Client,
  url: string,
  { timeout, retry }: DownloadOptions,
  how: Pick<ApiRequest, 'parseAs' | 'maxSize'>,
): ApiRequest {
  const { origin, pathname, search } = readUrl(client, url);
  return {
    method: 'GET',
    parts: [],
    search: search.slice(1),
    // Packed, the bytes would not be those that the size and the hash are of.
    headers: { 'accept-encoding': 'identity' },
    server: {
      base: { origin, path: pathname },
      token: client.token,
      label: 'media',
    },
    timeout,
    retry,
    ...how,
  };
}

const refuseCheck = () =>
  refuse(
    'INVALID_OPTIONS',
    'The option phoneNumberId goes with the ID of a media, not with a URL.',
    'Give the ID, or leave out phoneNumberId.',
  );

/** Hosts that Meta keeps media on. */
const META = /\.(fbsbx\.com|fbcdn\.net)$/;

/** A URL that may see the token: at Meta's hosts, or where the credential points. */
function readUrl(client: Client, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isMeta =
    url?.protocol === 'https:' && url.port === '' && META.test(url.hostname);
  const isOurs = url?.origin === client.base.origin;
  const isPlain = url?.username === '' && url.password === '';
  if (url && isPlain && (isMeta || isOurs)) return url;
  return refuse(
    'HOST_REFUSED',
    'The URL of the media is not at a host of Meta, so the token was not sent there.',
    "Give the ID of the media, or check baseUrl in the credential. For files of other systems use OpenFn's http adaptor.",
  );
}

const TOO_OLD = 404;
const isTooOld = (error: unknown): boolean =>
  (error as WhatsAppError).statusCode === TOO_OLD;

/** The client speaks of the API; here it is the host with the files that refused. */
function tellOfDownload(error: unknown): never {
  const { statusCode, metaCode, code } = error as WhatsAppError;
  if (code === 'MEDIA_NOT_FOUND' || metaCode !== undefined) throw error;
  const words = statusCode === undefined ? undefined : wordsFor(statusCode);
  if (words === undefined) throw error;
  throw new WhatsAppError({ ...(error as WhatsAppError), ...words }, error);
}

function wordsFor(status: number) {
  if (status >= 300 && status < 400) {
    return {
      code: 'REDIRECT_REFUSED',
      description:
        'The download was redirected, which was not followed, as the token must not go elsewhere.',
      fix: 'Run the job again; if it stays, a proxy on the way redirects.',
    };
  }
  if (status === TOO_OLD) {
    return {
      code: 'MEDIA_EXPIRED',
      description: 'The URL of the media is too old: it lives for 5 minutes.',
      fix: 'Give the ID of the media, with which a new URL is had.',
      retryable: false,
    };
  }
  if (status === 401 || status === 403) {
    return {
      code: 'NOT_AUTHORIZED',
      description: 'The host of the media did not accept the token.',
      fix: 'Use the token of the app that received the media.',
    };
  }
  return undefined;
}
