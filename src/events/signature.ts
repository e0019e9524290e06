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
  if (body.every(byte => byte < 0x80)) return undefined;
  const text = body.toString('utf8');
  return Buffer.from(text.replace(/[\u0080-\uffff]/g, escapeUnit));
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
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
