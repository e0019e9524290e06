import type * as v from 'valibot';
import { check, readOptionValues } from '../schema/check';
import { checkMissing } from '../graph/send-request';
import { maxSizeOf } from '../graph/request';
import { refuse } from '../core/errors';
import { isObject, nameOf } from '../core/values';
import type { Context } from '../core/operation';
import type { AccountOptions, TextOptions } from '../types';
import { readOptions } from '../core/arguments';
import { sendOptionSchemas } from '../messages/send-options';
import { boolean, text, wholeNumber } from '../schema/rules';

/** A schema for each option of an operation, beside those that all have. */
export type OptionSchemas = Record<string, v.GenericSchema>;

const code = 'INVALID_OPTIONS';
const PAGE = { limit: wholeNumber(1), after: text(), maxPages: wholeNumber(1) };
const LIMIT = 100;

/** The options, their names and values checked. What is null is not given. */
export function readAccountOptions<Options extends AccountOptions>(
  given: unknown,
  schemas: OptionSchemas = {},
): Options {
  const known = [...Object.keys(schemas), 'timeout', 'retry', 'maxSize'];
  const options = readOptions<Record<string, unknown>>(given, known);
  const present = Object.entries(options).filter(
    ([, value]) => value !== undefined && value !== null,
  );
  for (const [name, value] of present) {
    const schema = schemas[name];
    if (schema !== undefined) check(schema, value, name, { code });
  }
  const kept = Object.fromEntries(present) as Options;
  const { timeout, retry, maxSize } = kept;
  maxSizeOf(maxSize);
  return {
    ...kept,
    ...readOptionValues({ timeout, retry }, sendOptionSchemas),
  };
}

/** The same for texts that people read, in which no value may be missing. */
export function readTextOptions(context: Context, given: unknown): TextOptions {
  const schemas = { allowMissing: boolean() };
  const options = readAccountOptions<TextOptions>(given, schemas);
  checkMissing(context, options);
  return options;
}

/** The same for a list; `extent` is how much of it to read. */
export function readPageOptions<Options extends AccountOptions>(
  given: unknown,
  schemas: OptionSchemas = {},
) {
  const options = readAccountOptions<
    Options & { limit?: number; after?: string; maxPages?: number }
  >(given, { ...schemas, ...PAGE });
  const { limit = LIMIT, after, maxPages } = options;
  return { options, extent: { limit, after, maxPages } };
}

/**
 * Refuses an option that is written but has no value. Without it the operation
 * would reach further than the job says, and what it does cannot be undone.
 */
export function refuseEmpty(given: unknown, name: string): void {
  if (!isObject(given) || !Object.hasOwn(given, name)) return;
  const value = given[name];
  if (value !== undefined && value !== null) return;
  refuse(
    code,
    `The option ${name} is ${nameOf(value)}.`,
    'Check the field of state that it comes from, or leave the option out.',
  );
}

/** How to make the calls of an operation. */
export const deliveryOf = ({ timeout, retry, maxSize }: AccountOptions) => ({
  timeout,
  retry,
  maxSize,
});

/** An ID of Meta's: digits, as text, because numbers lose them. */
export function readId(value: unknown, at: string, fix: string): string {
  const id = typeof value === 'string' ? value.trim() : value;
  if (typeof id === 'string' && /^\d+$/.test(id)) return id;
  if (typeof id === 'number' && Number.isSafeInteger(id)) return String(id);
  const given = nameOf(id);
  const wrong =
    given === 'text' || given === 'a number' ? 'not an ID of digits' : given;
  return refuse('INVALID_ID', `${at} is ${wrong}.`, fix);
}
