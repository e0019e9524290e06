import { isAscii } from 'node:buffer';
import { createHmac } from 'node:crypto';
import { refuse } from '../core/errors';
import { nameOf } from '../core/values';
import { isSame, readBytes } from './bytes';

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
