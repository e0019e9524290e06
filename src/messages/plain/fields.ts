import { refuse } from '../../core/errors';
import { isBlank, isObject, isQuotable, nameOf } from '../../core/values';

// How plain arguments are read. What they hold is checked with the built message.

/**
 * Text, or a number written as text: titles and IDs often come from data as
 * numbers, and a person reads both alike. A number that has lost digits is
 * refused, as it is no longer the one that was meant.
 */
export function readLabel(value: unknown, at: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && isExact(value)) return String(value);
  if (value === undefined) {
    return refuse(
      'INVALID_MESSAGE',
      `${at} is missing.`,
      `Add ${at}, or check the field of state that it comes from.`,
    );
  }
  return refuse(
    'INVALID_MESSAGE',
    typeof value === 'number'
      ? `${at} is a number that cannot be written exactly.`
      : `${at} is ${nameOf(value)}; it must be text.`,
    `Give ${at} as text, between quotes.`,
  );
}

const isExact = (value: number) =>
  Number.isInteger(value)
    ? Number.isSafeInteger(value)
    : Number.isFinite(value);

/** The same, for what may be left out. */
export const readOptionalLabel = (value: unknown, at: string) =>
  isBlank(value) ? undefined : readLabel(value, at);

/** A list, whatever it holds. */
export function readList(value: unknown, at: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return refuse(
    'INVALID_MESSAGE',
    `${at} is ${nameOf(value)}; it must be a list.`,
    'Put it between [ and ], or check the field of state that it comes from.',
  );
}

/** An object that has only these fields: a misspelled one must not be ignored. */
export function readFields<const Name extends string>(
  value: unknown,
  at: string,
  allowed: readonly Name[],
): { readonly [N in Name]?: unknown } {
  if (!isObject(value)) {
    return refuse(
      'INVALID_MESSAGE',
      `${at} is ${nameOf(value)}; it must be an object.`,
      `Write it as { ${allowed.join(', ')} }.`,
    );
  }
  const names: readonly string[] = allowed;
  const unknown = Object.keys(value).find(name => !names.includes(name));
  if (unknown === undefined) return value as { [N in Name]?: unknown };
  return refuse(
    'INVALID_MESSAGE',
    `${at} has ${isQuotable(unknown) ? `a field '${unknown}'` : 'a field'} that it does not know.`,
    `Check its spelling; the fields are ${allowed.join(', ')}.`,
  );
}
