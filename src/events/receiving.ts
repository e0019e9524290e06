import type { VerifyOptions } from '../types';
import type { Context, Result } from '../core/operation';
import { refuse } from '../core/errors';
import { readOptions } from '../core/options';
import { isObject } from '../core/values';
import { readBytes } from './bytes';
import { parse } from './parse';
import { verify } from './signature';

const HEADER = 'x-hub-signature-256';

/** Leaves the events of a webhook; by default of the one that started the run. */
export function parsing(
  { data }: Context,
  payload: unknown,
  options: unknown,
): Result {
  return { data: parse(payload ?? data, options) };
}

/** Leaves what the signed text says, so that nothing unsigned is read after it. */
export function verifying(context: Context, given: unknown): Result {
  const options = readOptions<VerifyOptions>(given, [
    'rawBody',
    'signature',
    'secret',
  ]);
  const rawBody = options.rawBody ?? needRawBody(context.data);
  const signature = options.signature ?? signatureOf(context);
  const secret = options.secret ?? secretsOf(context);
  if (verify(rawBody, signature, secret)) {
    return { data: JSON.parse(String(readBytes(rawBody))) as unknown };
  }
  return refuse(
    'SIGNATURE_WRONG',
    'The webhook was not signed with the app secret, so it may not come from Meta.',
    'Check appSecret in the credential. If it is right, somebody else has sent this: do not use it.',
  );
}

function needRawBody(data: unknown): unknown {
  const raw = isObject(data) ? data['raw'] : undefined;
  if (typeof raw === 'string') return raw;
  return refuse(
    'INVALID_RAW_BODY',
    'The run has no raw text of the webhook, and OpenFn keeps none.',
    'Let the gateway send it along, with FORWARD_RAW=1, or give rawBody.',
  );
}

function signatureOf({ data, request }: Context): unknown {
  const headers = isObject(request) ? request['headers'] : undefined;
  const header = isObject(headers) ? headers[HEADER] : undefined;
  return header ?? (isObject(data) ? data['signature'] : undefined);
}

/** Two secrets, with a comma between them, while one is being changed. */
const secretsOf = ({ client }: Context) =>
  client
    .need('appSecret')
    .split(',')
    .map(secret => secret.trim());
