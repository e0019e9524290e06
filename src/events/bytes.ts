import { timingSafeEqual } from 'node:crypto';

/** The exact bytes of text or of a byte array from whatever realm; undefined for anything else. */
export function readBytes(value: unknown): Buffer | undefined {
  if (typeof value === 'string') return Buffer.from(value, 'utf8');
  if (!ArrayBuffer.isView(value)) return undefined;
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}

/** Whether two secrets are equal, in a time that tells no more than the length. */
export function isSame(left: Buffer, right: Buffer): boolean {
  // timingSafeEqual throws on unequal lengths.
  return left.length === right.length && timingSafeEqual(left, right);
}
