import * as v from 'valibot';
import type { SendOptions } from '../types';
import { check, coerce } from '../schema/check';
import { LIMITS } from './limits';
import { numberAtLeast, wholeNumber } from '../schema/numbers';
import {
  id,
  object,
  oneOf,
  optional,
  withRules,
  text,
  boolean,
} from '../schema/rules';
import type { Rule } from '../schema/rules';

/** Options of every send. */
export const sendOptions = [
  'replyTo',
  'callbackData',
  'recipientType',
  'defaultCountry',
  'timeout',
  'retry',
  'dryRun',
  'allowMissing',
] as const satisfies (keyof SendOptions)[];

// Read before an operation begins, in core/operation.ts.
type Taken = 'connectTimeout' | 'phoneNumberId';

const retryFields = {
  attempts: optional(wholeNumber(1)),
  delay: optional(numberAtLeast(0)),
  backoff: optional(oneOf('exponential', 'fixed')),
  on: optional(oneOf('refused', 'transient', 'all')),
};

const knownFields: Rule = {
  says: Object.keys(retryFields).join(', '),
  holds: (retry: object) =>
    Object.keys(retry).every(name => Object.hasOwn(retryFields, name)),
  wrong: 'has a field that is none of its own',
  fix: `Its fields are ${Object.keys(retryFields).join(', ')}.`,
};

const twoLetters: Rule = {
  says: 'two letters of a country',
  holds: (country: string) => /^[a-z]{2}$/i.test(country),
  wrong: 'is not two letters',
  fix: "Write the country as in 'KE' for Kenya.",
};

const retry = withRules(object(retryFields), knownFields);
const never = v.literal(false);

const values: {
  [Name in Exclude<keyof SendOptions, Taken>]-?: v.GenericSchema;
} = {
  replyTo: id(),
  callbackData: id(LIMITS.callbackData),
  recipientType: oneOf('individual', 'group'),
  defaultCountry: withRules(text(), twoLetters),
  timeout: numberAtLeast(1),
  retry: v.lazy(given => (given === false ? never : retry)),
  dryRun: boolean(),
  allowMissing: boolean(),
};

/** The options of a send, with IDs as text; a value that one cannot have is refused. */
export function readSendOptions<Options extends SendOptions>(
  options: Options,
): Options {
  let read = options;
  for (const name of sendOptions) {
    const given = options[name];
    if (given === undefined) continue;
    const value = coerce(values[name], given);
    check(values[name], value, name, { code: 'INVALID_OPTIONS' });
    if (value !== given) read = { ...read, [name]: value };
  }
  return read;
}
