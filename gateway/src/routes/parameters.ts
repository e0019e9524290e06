import * as v from 'valibot';
import { isId } from '../core/ids';
import { BadParameter } from '../http/error-response';
import { readCursor } from '../store/cursor';
import type { Place } from '../store/cursor';

/**
 * A body of JSON, as the schema has it; `what` is said when it is no object. A
 * name that the schema does not know is told first: it may be a misspelled one.
 */
export function parseBody<T>(
  schema: v.GenericSchema<unknown, T>,
  given: unknown,
  what = 'Send a JSON object.',
): T {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new BadParameter('body', what);
  }
  const entries = Object.entries(given).filter(([, one]) => one !== undefined);
  const body = Object.fromEntries(entries);
  const result = v.safeParse(schema, body, { abortPipeEarly: true });
  if (result.success) return result.output;
  const { issues } = result;
  const unknown = issues.find(({ expected }) => expected === 'never');
  const name = unknown ? undefined : issues[0].path?.[0]?.key;
  const { message } = unknown ?? issues[0];
  throw new BadParameter(typeof name === 'string' ? name : 'body', message);
}

const DEFAULT_LIMIT = 100;
const MOST = 1000;

export function readLimit(text: string | undefined): number {
  if (text === undefined || text === '') return DEFAULT_LIMIT;
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= MOST) return limit;
  throw new BadParameter('limit', `Write a whole number from 1 to ${MOST}.`);
}

export const TIME_FIX = 'Write an ISO time, such as 2026-11-20T08:00:00Z.';

/** An ISO time, or a Unix time in seconds or milliseconds. */
export const timeSchema = v.pipe(
  v.string(TIME_FIX),
  v.nonEmpty(TIME_FIX),
  v.transform(text => new Date(/^\d{9,}$/.test(text) ? unixTime(text) : text)),
  v.check(time => {
    const year = time.getUTCFullYear();
    return year >= 1 && year < 10_000;
  }, TIME_FIX),
);

export function readTime(
  name: string,
  text: string | undefined,
): Date | undefined {
  if (text === undefined || text === '') return undefined;
  const result = v.safeParse(timeSchema, text);
  if (result.success) return result.output;
  throw new BadParameter(name, TIME_FIX);
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
