import { asText, readBytes } from './change';
import { isAscii } from 'node:buffer';
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { VerifyOptions } from '../types';
import type { Context, Result } from '../core/operation';
import { refuse } from '../core/errors';
import { isObject, nameOf } from '../core/values';
import { readOptions } from '../core/arguments';

/** Whether Meta signed exactly these bytes with one of the secrets. */
export function verify(
  rawBody: unknown,
  signature: unknown,
  secrets: unknown,
): boolean {
  const body = needBytes(rawBody);
  const keys = needSecrets(secrets);
  const given = readSignature(signature);
  if (given === undefined) return false;
  const isSignedBy = (bytes: Buffer) =>
    keys.some(key => isSame(sign(bytes, key), given));
  if (isSignedBy(body)) return true;
  const escaped = escapeNonAscii(body);
  return escaped !== undefined && isSignedBy(escaped);
}

function sign(body: Buffer, secret: string): Buffer {
  return createHmac('sha256', secret).update(body).digest();
}

function readSignature(signature: unknown): Buffer | undefined {
  if (typeof signature !== 'string') return undefined;
  const hex = /^(?:sha256=)?([\da-f]{64})$/i.exec(signature.trim())?.[1];
  return hex === undefined ? undefined : Buffer.from(hex, 'hex');
}

/**
 * The body as Meta signed it when a server on the way has unescaped it: Meta
 * writes `ä` as `\u00e4`. Undefined when there is nothing to escape.
 */
function escapeNonAscii(body: Buffer): Buffer | undefined {
  if (isAscii(body)) return undefined;
  // Byte by byte: anybody can send a large body, and `replace` takes five times as long.
  const text = body.toString('utf8');
  const escaped = Buffer.allocUnsafe(text.length * ESCAPE);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) escaped[length++] = unit;
    else length = writeEscape(escaped, length, unit);
  }
  return escaped.subarray(0, length);
}

/** Characters of an escaped unit of UTF-16. */
const ESCAPE = 6;
const BEGINNING = Buffer.from('\\u');
const DIGITS = Buffer.from('0123456789abcdef');

/** Writes a unit as `\u00e4`, and gives the place behind it. */
function writeEscape(bytes: Buffer, at: number, unit: number): number {
  let end = at;
  for (const byte of BEGINNING) bytes[end++] = byte;
  for (let shift = 12; shift >= 0; shift -= 4) {
    bytes[end++] = DIGITS[(unit >> shift) & 0xf]!;
  }
  return end;
}

function needBytes(rawBody: unknown): Buffer {
  const bytes = readBytes(rawBody);
  if (bytes !== undefined) return bytes;
  return refuse(
    'INVALID_RAW_BODY',
    `The raw body is ${nameOf(rawBody)}, not text or a Buffer.`,
    'Pass the bytes of the request exactly as they arrived. A body that was already parsed cannot be verified: written out again its bytes differ, and the signature is over the bytes.',
  );
}

function needSecrets(secrets: unknown): string[] {
  const list: unknown[] = Array.isArray(secrets) ? secrets : [secrets];
  if (list.length === 0) refuseSecret('an empty list');
  return list.map(needSecret);
}

function needSecret(secret: unknown): string {
  if (typeof secret !== 'string') return refuseSecret(nameOf(secret));
  const trimmed = secret.trim();
  // Anybody can sign with an empty secret.
  if (trimmed === '') return refuseSecret('empty');
  if (trimmed.includes(',')) return refuseSecret('several, with commas');
  return trimmed;
}

function refuseSecret(what: string): never {
  return refuse(
    'INVALID_SECRET',
    `The secret is ${what}, so no signature can be checked.`,
    "Pass the app secret from the settings of the Meta app, under 'Basic'; several as a list. It is not the verify token.",
  );
}

/** Meta's challenge, when the handshake carries our token. */
export function challenge(
  query: unknown,
  verifyToken: unknown,
): string | undefined {
  const expected = needToken(verifyToken);
  const token = readParameter(query, 'verify_token');
  if (readParameter(query, 'mode') !== 'subscribe') return undefined;
  if (token === undefined) return undefined;
  return isSame(Buffer.from(token), Buffer.from(expected))
    ? readParameter(query, 'challenge')
    : undefined;
}

/**
 * A parameter as a server gives it: under its name, below `hub`, or behind
 * `get`. One that came twice is no handshake of Meta's.
 */
function readParameter(query: unknown, name: string): string | undefined {
  if (typeof query !== 'object' || query === null) return undefined;
  const fields = query as Record<string, unknown>;
  const { get, hub } = fields;
  if (typeof get === 'function') {
    return asText(get.call(query, `hub.${name}`) as unknown);
  }
  return asText(
    fields[`hub.${name}`] ?? (isObject(hub) ? hub[name] : undefined),
  );
}

function needToken(verifyToken: unknown): string {
  const token = asText(verifyToken)?.trim();
  if (token) return token;
  return refuse(
    'INVALID_VERIFY_TOKEN',
    `The verify token is ${nameOf(verifyToken)}, so no handshake can be checked.`,
    'Pass the text that you chose as verify token for the webhook at Meta.',
  );
}

/** Whether two secrets are equal, in a time that tells no more than the length. */
export function isSame(left: Buffer, right: Buffer): boolean {
  // timingSafeEqual throws on unequal lengths.
  return left.length === right.length && timingSafeEqual(left, right);
}

const HEADER = 'x-hub-signature-256';

/** Leaves what the signed text says, so that nothing unsigned is read after it. */
export function readSignedWebhook(context: Context, given: unknown): Result {
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
