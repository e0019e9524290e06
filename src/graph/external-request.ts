import { connect } from '../core/client';
import { sendRequest } from './send-request';
import { WhatsAppError } from '../core/errors';
import type { ApiRequest, ApiResponse, Runtime } from './api-request';

/** What to ask of another system. */
export type ExternalRequest = Omit<
  ApiRequest,
  'parts' | 'server' | 'search'
> & {
  url: URL;
};

/** Who the other system is, so that logs and errors can speak of it. */
export type Role = {
  /** `code` of the errors. */
  code: string;
  /** As the subject of a sentence. */
  name: string;
  /** In the log, in the place of a path that could name a person. */
  label: string;
  fix: string;
  /** The fix when nobody knows whether it did what it was asked. */
  unsure?: string | undefined;
};

/** No credential: the other system must not see anything of it. */
const STRANGER = connect(undefined);

/** Exchanges a call with another system than Meta's. The token of the credential is not known here. */
export async function sendExternalRequest(
  { url, ...call }: ExternalRequest,
  role: Role,
  runtime?: Runtime,
): Promise<ApiResponse> {
  const base = { origin: url.origin, path: url.pathname };
  return sendRequest(
    STRANGER,
    {
      ...call,
      parts: [],
      search: url.search.slice(1),
      server: { base, label: role.label },
    },
    runtime,
  ).catch(error => tellOf(role, error));
}

const CONNECTION: Record<string, string> = {
  CONNECTION_FAILED: 'could not be reached',
  CONNECTION_LOST: 'broke the connection',
  CONNECTION_UNTRUSTED: 'has a certificate that is not accepted',
  ANSWER_TOO_LARGE: 'gave an answer that is too long to be read',
  SEND_UNCONFIRMED: 'did not answer in time, or broke the connection',
  TIMEOUT: 'did not answer in time',
};

/** The client speaks of Meta and its credential; here it is another system that failed. */
function tellOf({ code, name, fix, unsure }: Role, error: unknown): never {
  const { code: reason, statusCode, retryable, sent } = error as WhatsAppError;
  const isUnsure = sent === 'maybe' || reason === 'ANSWER_TOO_LARGE';
  const wrong = wrongOf(error as WhatsAppError);
  if (wrong === undefined) throw error;
  throw new WhatsAppError(
    {
      code,
      description: `${name} ${wrong}.`,
      fix: isUnsure ? (unsure ?? fix) : fix,
      ...(statusCode !== undefined && { statusCode }),
      ...(retryable !== undefined && { retryable }),
      sent: 'no',
    },
    error,
  );
}

function wrongOf({ code, statusCode }: WhatsAppError): string | undefined {
  if (statusCode === undefined) return CONNECTION[code];
  // It took what it was sent, but what it said to it could not be read.
  const isUnread = ['SEND_UNCONFIRMED', 'ANSWER_TOO_LARGE'].includes(code);
  return isUnread && statusCode < 300
    ? `answered ${statusCode}, with an answer that breaks off or is too long`
    : `answered ${statusCode}`;
}
