/** The variables of the process and of env files. */
export type Environment = Record<string, string | undefined>;

/** Reads one setting: text from the environment, or a value from `createGateway`. */
export type Reader<T> = (given: unknown) => T;

/** Why a setting cannot be used; its name is put in front. */
export class Unusable extends Error {}

export function text(given: unknown): string {
  if (typeof given !== 'string') throw new Unusable('is not text.');
  return given.trim();
}

/** A text that travels in a header, which changes some characters and drops others. */
export function key(given: unknown): string {
  const word = text(given);
  if (/^[\x21-\x7e]*$/.test(word)) return word;
  throw new Unusable(
    'holds a space or a letter beyond ASCII. Copy it again, or choose another.',
  );
}

/** Several keys, so that one can be changed without a gap. */
export function keys(given: unknown): string[] {
  return list(given).map(key);
}

/** Several texts: a list, or with commas or line breaks between. */
export function list(given: unknown): string[] {
  const parts: unknown[] = Array.isArray(given) ? given : [given];
  return parts
    .flatMap(part => text(part).split(/[,\r\n]/))
    .map(text)
    .filter(part => part !== '');
}

export function whole(least: number, most: number): Reader<number> {
  return given => {
    const number = typeof given === 'number' ? given : Number(text(given));
    if (Number.isInteger(number) && number >= least && number <= most) {
      return number;
    }
    throw new Unusable(`is not a whole number from ${least} to ${most}.`);
  };
}

const SECONDS = new Map([
  ['s', 1],
  ['m', 60],
  ['h', 60 * 60],
  ['d', 24 * 60 * 60],
]);

/** A duration in seconds: a number of them, or text such as 90s, 15m, 12h or 3d. */
export function duration(given: unknown): number {
  if (typeof given === 'number' && given >= 0 && Number.isFinite(given)) {
    return given;
  }
  const [, count, unit = ''] =
    /^(\d{1,9})\s*([smhd])$/i.exec(text(given)) ?? [];
  const seconds = SECONDS.get(unit.toLowerCase());
  if (seconds !== undefined) return Number(count) * seconds;
  throw new Unusable('is not a duration. Write it as 90s, 15m, 12h or 3d.');
}

export function flag(given: unknown): boolean {
  if (typeof given === 'boolean') return given;
  const word = text(given).toLowerCase();
  if (['1', 'true', 'yes', 'on'].includes(word)) return true;
  if (['0', 'false', 'no', 'off'].includes(word)) return false;
  throw new Unusable('is neither 1 nor 0.');
}

export function oneOf<T extends string>(...words: T[]): Reader<T> {
  return given => {
    const word = words.find(one => one === text(given).toLowerCase());
    if (word !== undefined) return word;
    throw new Unusable(`is none of ${words.join(', ')}.`);
  };
}

/** An address to send to: the key and what people wrote must not travel in the clear. */
export function secureUrl(source: string): Reader<string> {
  return given => {
    const url = urlOf(text(given));
    if (url === undefined) {
      throw new Unusable(
        `is no URL. Copy it from ${source}. A % in a password is written %25.`,
      );
    }
    if (url.protocol === 'https:') return url.href;
    if (url.protocol === 'http:' && isLoopback(url.hostname)) return url.href;
    throw new Unusable('must begin with https://, unless it is this machine.');
  };
}

export function databaseUrl(given: unknown): string {
  const address = text(given);
  const url = urlOf(address);
  if (url && /^postgres(ql)?:$/.test(url.protocol)) return address;
  throw new Unusable(
    'is no address of PostgreSQL. Write it as postgres://user:password@host:5432/database; a % in the password is %25.',
  );
}

function urlOf(address: string): URL | undefined {
  try {
    const url = new URL(address);
    // Who uses them decodes them, and fails on a lone %.
    decodeURIComponent(url.username + url.password);
    return url;
  } catch {
    return undefined;
  }
}

function isLoopback(host: string): boolean {
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(host)
  );
}
