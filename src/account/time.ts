import { toIsoTime } from '../events/change';
import { refuse } from '../core/errors';
import { isDate, nameOf } from '../core/values';

const HOW =
  "Write it as '2027-05-03', as '2027-05-03T08:00:00Z', or as Unix seconds.";

/** A time that a job gives, ISO, Unix or a Date, in milliseconds. Without a zone it is UTC. */
export function readTime(given: unknown, at: string): number {
  const iso = isDay(given) ? undefined : (toIsoTime(given) ?? isoOf(given));
  const time = isDate(given) ? given.getTime() : Date.parse(iso ?? '');
  if (!Number.isNaN(time)) return time;
  return refuse('INVALID_TIME', `${at} is ${wordFor(given)}.`, HOW);
}

/** A time as ISO text, if there is one. */
export function readOptionalTime(
  given: unknown,
  at: string,
): string | undefined {
  return given === undefined
    ? undefined
    : new Date(readTime(given, at)).toISOString();
}

/** A time of Meta's as ISO text; what is none stays as it is. */
export function asIsoTime(value: unknown): unknown {
  const iso = toIsoTime(value) ?? isoOf(value);
  const time = iso === undefined ? NaN : Date.parse(iso);
  return Number.isNaN(time) ? value : new Date(time).toISOString();
}

/** `20270503` or `2027`: as Unix seconds they would be in the year 1970. */
const isDay = (given: unknown) => /^\s*\d{1,8}\s*$/.test(String(given));

function isoOf(given: unknown): string | undefined {
  const text = typeof given === 'string' ? given.trim() : '';
  if (!/^\d{4}-\d{2}-\d{2}/.test(text)) return undefined;
  const hasZone = text.length <= 10 || /(Z|[+-]\d{2}:?\d{2})$/i.test(text);
  return hasZone ? text : `${text}Z`;
}

const wordFor = (given: unknown) =>
  typeof given === 'number' ||
  (typeof given === 'string' && given.trim() !== '')
    ? 'no time that can be read'
    : nameOf(given);
