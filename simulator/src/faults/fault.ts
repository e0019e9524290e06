import { all, ensure, object, optional } from '../checks/rules';
import type { Check } from '../checks/rules';
import { integer, oneOf, text, words } from '../checks/values';
import { refuse } from '../core/errors';
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

const headers: Check = (value, at) => {
  try {
    new Headers(value as Record<string, string>);
  } catch {
    refuse(131009, `Param ${at} must be HTTP headers.`);
  }
};

const EMPTY_STATUSES = [204, 205, 304];
const ANSWER = ['code', 'status', 'body'];
const EFFECTS = [...ANSWER, 'headers', 'delay', 'reset', 'media'];

const given = (keys: string[]) => (fault: Record<string, unknown>) =>
  keys.some(key => fault[key] !== undefined);

/** Whether a fault answers instead of the API. */
export const isAnswer = (fault: Fault): boolean => given(ANSWER)({ ...fault });

/** Refuses a fault that cannot be, or that asks for nothing. */
export const checkFault = all(
  object({
    times: optional(integer(1)),
    path: optional(text()),
    code: optional(integer(0)),
    subcode: optional(integer(0)),
    details: optional(words()),
    status: optional(integer(200, 599)),
    body: optional(() => undefined),
    headers: optional(headers),
    delay: optional(integer(0)),
    reset: optional(oneOf('before', 'after')),
    media: optional(oneOf(...DAMAGES)),
  }),
  ensure(given(EFFECTS), `needs one of {${EFFECTS.join(', ')}}`),
  ensure(
    fault => fault.reset === undefined || !given(ANSWER)(fault),
    `cannot be a reset and an answer {${ANSWER.join(', ')}}`,
  ),
  ensure(
    fault => fault.code === undefined || fault.body === undefined,
    'takes code or body, not both',
  ),
  ensure(
    fault =>
      fault.body === undefined ||
      !EMPTY_STATUSES.includes(fault.status as number),
    'has a status that allows no body',
  ),
);
