import { isId } from '../ids';
import { readCursor } from '../store/cursor';
import type { Place } from '../store/cursor';

/** A parameter that cannot be read; answered with 400. */
export class BadParameter extends Error {
  constructor(
    readonly parameter: string,
    readonly fix: string,
  ) {
    super(`The parameter ${parameter} cannot be read.`);
  }
}

const DEFAULT_LIMIT = 100;
const MOST = 1000;

export function readLimit(text: string | undefined): number {
  if (text === undefined || text === '') return DEFAULT_LIMIT;
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= MOST) return limit;
  throw new BadParameter('limit', `Write a whole number from 1 to ${MOST}.`);
}

/** An ISO time, or a Unix time in seconds or milliseconds. */
export function readTime(
  name: string,
  text: string | undefined,
): Date | undefined {
  if (text === undefined || text === '') return undefined;
  const time = new Date(/^\d{9,}$/.test(text) ? unixTime(text) : text);
  const year = time.getUTCFullYear();
  if (year >= 1 && year < 10_000) return time;
  throw new BadParameter(
    name,
    'Write an ISO time, such as 2026-11-20T08:00:00Z.',
  );
}

function unixTime(text: string): number {
  return text.length > 11 ? Number(text) : Number(text) * 1000;
}

export function readAfter(text: string | undefined): Place | undefined {
  if (text === undefined || text === '') return undefined;
  const place = readCursor(text);
  if (place !== undefined) return place;
  throw new BadParameter(
    'after',
    'Pass paging.after of the page before, unchanged.',
  );
}

/** Of a list whose cursors hold an ID; with another text, the database would fail. */
export function readAfterId(text: string | undefined): Place | undefined {
  const place = readAfter(text);
  if (place === undefined || isId(place.key)) return place;
  throw new BadParameter('after', 'Pass paging.after of the same list.');
}

/** A number in any spelling becomes digits, as WhatsApp has them; a user ID stays as it is. */
export function readContact(text: string | undefined): string | undefined {
  const contact = text?.trim();
  if (!contact) return undefined;
  return /^[+\d\s().-]+$/.test(contact) ? contact.replace(/\D/g, '') : contact;
}

export function readDirection(
  text: string | undefined,
): 'inbound' | 'outbound' | undefined {
  if (text === undefined || text === '') return undefined;
  if (text === 'inbound' || text === 'outbound') return text;
  throw new BadParameter('direction', 'Write inbound or outbound.');
}
