import * as v from 'valibot';
import { refuse } from '../core/errors';
import { nameOf } from '../core/values';
import { rename } from './names';
import type { Names } from './names';

const NOUNS: Record<string, string> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  custom: 'an object',
  union: 'a number or text',
};

/** How a refusal speaks: in whose words, and under which code. */
type Wording = { names?: Names; code?: string };

/**
 * Checks a value by its schema and refuses it with what is wrong, where and
 * what to do. `at` is the name that the job writer knows the value by.
 */
export function check<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  at: string,
  { names = {}, code = 'INVALID_MESSAGE' }: Wording = {},
): asserts value is v.InferOutput<Schema> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return;
  const issue = result.issues[0];
  const path = pathOf(issue);
  const where = rename(path, names) ?? at + path;
  const [description, fix] =
    issue.kind === 'schema' ? mismatch(issue, where) : broken(issue, where);
  refuse(code, description, fix);
}

/** A value of the wrong type, told without quoting it. */
function mismatch(issue: v.BaseIssue<unknown>, where: string) {
  const { input, type, expected } = issue;
  if (input === undefined) return missing(where);
  const given = Number.isNaN(input) ? 'not a number' : nameOf(input);
  if (type === 'picklist') {
    return [
      `${where} is ${given === 'text' ? 'none of the words that it can be' : given}.`,
      `Use ${(expected ?? '').replace(/^\(|\)$/g, '').replaceAll(' | ', ' or ')}.`,
    ] as const;
  }
  if (type === 'string' && typeof input === 'number') {
    return notText(input, where);
  }
  const wanted = NOUNS[type] ?? expected ?? 'something else';
  return [
    `${where} is ${given}; it must be ${wanted}.`,
    // The message of an object is the list of its fields.
    type === 'custom'
      ? `Write it as { ${issue.message} }.`
      : `Give ${where} as ${wanted}.`,
  ] as const;
}

/** Of an ID, only a number that has lost digits, or never was one, comes here. */
const notText = (input: number, where: string) =>
  Number.isInteger(input) && !Number.isSafeInteger(input)
    ? ([
        `${where} is a number too long to be exact: its last digits are lost.`,
        `Keep ${where} as text all the way, between quotes.`,
      ] as const)
    : ([
        `${where} is a number; it must be text.`,
        `Give ${where} as text.`,
      ] as const);

// What is missing is also told so when its object lacks the very field.
const missing = (where: string) =>
  [
    `${where} is missing.`,
    `Add ${where}, or check the field of state that it comes from.`,
  ] as const;

/** A rule of ours that does not hold: its message has both sentences. */
function broken(issue: v.BaseIssue<unknown>, where: string) {
  const [description = '', fix = ''] = issue.message.split('\n');
  return [`${where} ${description}.`, fix] as const;
}

function pathOf(issue: v.BaseIssue<unknown>): string {
  return (issue.path ?? [])
    .map(({ key }) =>
      typeof key === 'number' ? `[${key}]` : `.${String(key)}`,
    )
    .join('');
}
