import * as v from 'valibot';
import {
  boolean,
  id,
  numberAtLeast,
  object,
  oneOf,
  optional,
  text,
  wholeNumber,
  withRules,
} from '../schema/rules';
import type { Rule } from '../schema/rules';
import type { SendOptions } from '../types';
import { LIMITS } from './kinds/limits';

// Read before an operation begins, in core/operation.ts.
type ReadEarlier = 'connectTimeout' | 'phoneNumberId';

const retryFields = {
  attempts: optional(wholeNumber(1)),
  delay: optional(numberAtLeast(0)),
  backoff: optional(oneOf('exponential', 'fixed')),
  on: optional(oneOf('refused', 'transient', 'all')),
};

const knownFields: Rule = {
  summary: Object.keys(retryFields).join(', '),
  isValid: (retry: object) =>
    Object.keys(retry).every(name => Object.hasOwn(retryFields, name)),
  message: 'has a field that is none of its own',
  fix: `Its fields are ${Object.keys(retryFields).join(', ')}.`,
};

const twoLetters: Rule = {
  summary: 'two letters of a country',
  isValid: (country: string) => /^[a-z]{2}$/i.test(country),
  message: 'is not two letters',
  fix: "Write the country as in 'KE' for Kenya.",
};

const retrySchema = withRules(object(retryFields), knownFields);
const noRetry = v.literal(false);

/** The options of every send, and what each may be. */
export const sendOptionSchemas: {
  [Name in Exclude<keyof SendOptions, ReadEarlier>]-?: v.GenericSchema;
} = {
  replyTo: id(),
  callbackData: id(LIMITS.callbackData),
  recipientType: oneOf('individual', 'group'),
  defaultCountry: withRules(text(), twoLetters),
  timeout: numberAtLeast(1),
  retry: v.lazy(value => (value === false ? noRetry : retrySchema)),
  dryRun: boolean(),
  allowMissing: boolean(),
};

export const sendOptions = Object.keys(
  sendOptionSchemas,
) as (keyof typeof sendOptionSchemas)[];
