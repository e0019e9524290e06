import type { Readable } from 'node:stream';
import { WhatsAppError } from '../core/errors';
import { mayLeadTo } from '../graph/address';
import type { ApiRequest, ApiResponse } from '../graph/api-request';
import { sendExternalRequest } from '../graph/external-request';
import { filenameIn, sizeIn, textIn } from './answer-headers';

/** A file at another system, on its way. */
export type Remote = {
  stream: Readable;
  size?: number | undefined;
  filename?: string | undefined;
  type?: string | undefined;
};

const REDIRECTS = 3;

const ROLE = {
  code: 'SOURCE_FAILED',
  name: 'The server of the file',
  label: 'the file of another server',
  fix: 'Check the URL: it must give the file to anybody, without a login.',
};

/** Fetches a file from another system, along a few redirects. */
export async function fetchFile(
  url: URL,
  options: Pick<ApiRequest, 'timeout' | 'retry'>,
): Promise<Remote> {
  for (let redirects = 0, at = url; ; redirects++) {
    const answer = await sendExternalRequest(
      {
        ...options,
        method: 'GET',
        url: at,
        // Asked for as it is, its length is the one that counts.
        headers: { 'accept-encoding': 'identity' },
        parseAs: 'stream',
        isSuccess: status => isOk(status) || isRedirect(status),
      },
      ROLE,
    );
    if (isOk(answer.statusCode)) return remoteOf(answer, at);
    discard(answer.body as Readable);
    at = nextOf(answer, at, redirects);
  }
}

const isOk = (status: number) => status >= 200 && status < 300;
const isRedirect = (status: number) => status >= 300 && status < 400;

function remoteOf({ headers, body }: ApiResponse, url: URL): Remote {
  return {
    stream: body as Readable,
    size: sizeIn(headers),
    filename: filenameIn(headers) ?? nameIn(url),
    type: textIn(headers, 'content-type'),
  };
}

function nextOf({ headers }: ApiResponse, from: URL, redirects: number): URL {
  const location = textIn(headers, 'location') ?? '';
  if (location === '' || !URL.canParse(location, from.href)) {
    throw refused('The server of the file redirects to nowhere.');
  }
  if (redirects >= REDIRECTS) {
    throw refused(
      `The server of the file redirects more than ${REDIRECTS} times.`,
    );
  }
  const to = new URL(location, from);
  if (mayLeadTo(to, from)) return to;
  throw refused(
    'The server of the file redirects to an address that is not https, or that lies inside a private network.',
  );
}

const refused = (description: string) =>
  new WhatsAppError({
    code: 'REDIRECT_REFUSED',
    description,
    fix: 'Give the URL where the file itself lies.',
    retryable: false,
    sent: 'no',
  });

/** The last part of the path, which often is the name of the file. */
export function nameIn({ pathname }: URL): string | undefined {
  const name = pathname.slice(pathname.lastIndexOf('/') + 1) || undefined;
  try {
    return name && decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Gives up an answer that nobody will read. */
export function discard(body: Readable): void {
  // Destroying is told as an error, which nobody waits for.
  body.on('error', () => undefined).destroy();
}
