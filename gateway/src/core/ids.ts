import { randomBytes } from 'node:crypto';

const SEQUENCES = 0x1000;

let time = 0;
let sequence = 0;

/**
 * A UUID (version 7) greater than all before it in this process: what arrives
 * in the same transaction keeps its order by ID.
 */
export function nextId(now: number = Date.now()): string {
  if (now > time) {
    time = now;
    sequence = 0;
  } else if (++sequence === SEQUENCES) {
    time += 1;
    sequence = 0;
  }
  const bytes = randomBytes(16);
  bytes.writeUIntBE(time, 0, 6);
  bytes.writeUInt16BE(0x7000 | sequence, 6);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return bytes
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

export function isId(text: string): boolean {
  return UUID.test(text);
}
