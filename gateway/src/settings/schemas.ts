import * as v from 'valibot';

/** The variables of the process and of env files. */
export type Environment = Record<string, string | undefined>;

/** Checks what was given for a setting: text from the environment, or a value from `createGateway`. */
export type Schema<T> = v.GenericSchema<unknown, T>;

/** Why a setting cannot be used; its name is put in front. */
export class Unusable extends Error {}

/** What was given, as the schema has it; throws `Unusable` with the first thing that is wrong. */
export function parseSetting<T>(schema: Schema<T>, given: unknown): T {
  const result = v.safeParse(schema, given, { abortEarly: true });
  if (result.success) return result.output;
  throw new Unusable(result.issues[0].message);
}

/** Before a schema in a pipe, because a schema takes anything. */
export const asUnknown = <T>() => v.transform((given: T): unknown => given);

export const text = v.pipe(v.string('is not text.'), v.trim());

/** A text that travels in a header, which changes some characters and drops others. */
export const key = v.pipe(
  text,
  v.regex(
    /^[\x21-\x7e]*$/,
    'holds a space or a letter beyond ASCII. Copy it again, or choose another.',
  ),
);

const asArray = v.transform((given: unknown): unknown[] =>
  Array.isArray(given) ? given : [given],
);

/** Several texts: a list, or with commas or line breaks between. */
export const list = v.pipe(
  v.unknown(),
  asArray,
  v.array(text),
  v.transform(parts =>
    parts
      .flatMap(part => part.split(/[,\r\n]/))
      .map(part => part.trim())
      .filter(part => part !== ''),
  ),
);

/** Several keys, so that one can be changed without a gap. */
export const keys = v.pipe(list, v.array(key));

export function wholeNumber(minimum: number, maximum: number): Schema<number> {
  const message = `is not a whole number from ${minimum} to ${maximum}.`;
  const number = v.union(
    [v.number(), v.pipe(text, v.transform(Number))],
    message,
  );
  return v.pipe(
    number,
    v.integer(message),
    v.minValue(minimum, message),
    v.maxValue(maximum, message),
  );
}

const SECONDS = new Map([
  ['s', 1],
  ['m', 60],
  ['h', 60 * 60],
  ['d', 24 * 60 * 60],
]);

const DURATION = /^(\d{1,9})\s*([smhd])$/i;
const NO_DURATION = 'is not a duration. Write it as 90s, 15m, 12h or 3d.';

/** A duration in seconds: a number of them, or text such as 90s, 15m, 12h or 3d. */
export const duration: Schema<number> = v.union(
  [
    v.pipe(v.number(), v.finite(), v.minValue(0)),
    v.pipe(text, v.regex(DURATION), v.transform(secondsOf)),
  ],
  NO_DURATION,
);

function secondsOf(given: string): number {
  const [, count, unit = ''] = DURATION.exec(given) ?? [];
  return Number(count) * (SECONDS.get(unit.toLowerCase()) ?? 1);
}

const YES = ['1', 'true', 'yes', 'on'];
const NO = ['0', 'false', 'no', 'off'];

export const flag: Schema<boolean> = v.union(
  [
    v.boolean(),
    v.pipe(
      text,
      v.toLowerCase(),
      v.picklist([...YES, ...NO]),
      v.transform(word => YES.includes(word)),
    ),
  ],
  'is neither 1 nor 0.',
);

export function oneOf<const T extends string>(...words: T[]): Schema<T> {
  const message = `is none of ${words.join(', ')}.`;
  return v.pipe(text, v.toLowerCase(), v.picklist(words, message));
}

/** An address to send to: the key and what people wrote must not travel in the clear. */
export function secureUrl(source: string): Schema<string> {
  const isSecure = ({ protocol, hostname }: URL) =>
    protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
  return v.pipe(
    text,
    v.transform(urlOf),
    v.instance(
      URL,
      `is no URL. Copy it from ${source}. A % in a password is written %25.`,
    ),
    v.check(isSecure, 'must begin with https://, unless it is this machine.'),
    v.transform(url => url.href),
  );
}

export const databaseUrl = v.pipe(
  text,
  v.check(
    address => /^postgres(ql)?:$/.test(urlOf(address)?.protocol ?? ''),
    'is no address of PostgreSQL. Write it as postgres://user:password@host:5432/database; a % in the password is %25.',
  ),
);

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
