import * as v from 'valibot';
import { checkInput } from '../core/input';
import { DAMAGES } from '../media/damage';
import type { Damage } from '../media/damage';

/** What goes wrong with the next calls. */
export interface Fault {
  /** For how many calls; once when not given. */
  times?: number;
  /** Only for calls whose path has this in it, e.g. `/messages`. */
  path?: string;
  /** Answer with this error of Meta's. */
  code?: number;
  subcode?: number;
  details?: string;
  /** Answer with this status; it also goes with `code`. */
  status?: number;
  /** Answer with this: text as it is, anything else as JSON. */
  body?: unknown;
  /** Headers of the answer, also of an answer that is otherwise good. */
  headers?: Record<string, string>;
  /** Milliseconds between the work and the answer. */
  delay?: number;
  /** Break the connection, before or after the call has done its work. */
  reset?: 'before' | 'after';
  /** Spoil the next download of a media. */
  media?: Damage;
}

const EMPTY_STATUSES = [204, 205, 304];
const ANSWER = ['code', 'status', 'body'];
const EFFECTS = [...ANSWER, 'headers', 'delay', 'reset', 'media'];

const given = (keys: string[]) => (fault: Record<string, unknown>) =>
  keys.some(key => fault[key] !== undefined);

/** Whether a fault answers instead of the API. */
export const isAnswer = (fault: Fault): boolean => given(ANSWER)({ ...fault });

const wholeNumber = (min: number, max = Infinity) => {
  const end = max === Infinity ? '' : ` to ${max}`;
  const message = `must be a whole number from ${min}${end}`;
  return v.optional(
    v.pipe(
      v.number(message),
      v.safeInteger(message),
      v.minValue(min, message),
      v.maxValue(max, message),
    ),
  );
};

const oneOf = <const Word extends string>(words: readonly Word[]) =>
  v.optional(v.picklist(words, `must be one of ${words.join(', ')}`));

const areHeaders = (value: unknown): boolean => {
  try {
    new Headers(value as Record<string, string>);
    return true;
  } catch {
    return false;
  }
};

const fields = v.strictObject({
  times: wholeNumber(1),
  path: v.optional(v.pipe(v.string('must be text'), v.regex(/\S/, 'is empty'))),
  code: wholeNumber(0),
  subcode: wholeNumber(0),
  details: v.optional(v.string('must be text')),
  status: wholeNumber(200, 599),
  body: v.optional(v.unknown()),
  headers: v.optional(
    v.custom<Record<string, string>>(areHeaders, 'must be HTTP headers'),
  ),
  delay: wholeNumber(0),
  reset: oneOf(['before', 'after']),
  media: oneOf(DAMAGES),
});

type Fields = v.InferOutput<typeof fields>;

const schema = v.pipe(
  fields,
  v.check(given(EFFECTS), `needs one of ${EFFECTS.join(', ')}`),
  v.check(
    (fault: Fields) => fault.reset === undefined || !given(ANSWER)(fault),
    `cannot be a reset and an answer (${ANSWER.join(', ')})`,
  ),
  v.check(
    (fault: Fields) => fault.code === undefined || fault.body === undefined,
    'takes code or body, not both',
  ),
  v.check(
    (fault: Fields) =>
      fault.body === undefined || !EMPTY_STATUSES.includes(fault.status ?? 0),
    'has a status that allows no body',
  ),
);

/** Refuses a fault that cannot be, or that asks for nothing. */
export const checkFault = (fault: unknown): void =>
  checkInput(schema, fault, 'fault');
