import { refuse } from '../../core/errors';
import { nameOf } from '../../core/values';
import type { Kind } from './kinds';
import type { Period } from './period';

type Options = Readonly<Record<string, unknown>>;
type Filters = [name: string, values: (string | number)[]][];

/** What to ask, as the question is written. */
export type Question = {
  period: Period;
  granularity: string;
  filters: Filters;
};

/**
 * A field with its arguments, as Graph expands it. Dots and brackets have to
 * stay as they are, so it is written by hand; every value in it was checked.
 */
export function expand(
  { field }: Kind,
  { period, granularity, filters }: Question,
): string {
  const parts = [
    field,
    `start(${period.start})`,
    `end(${period.end})`,
    `granularity(${granularity})`,
    ...filters.map(([name, values]) => `${name}(${listOf(values)})`),
  ];
  return parts.join('.');
}

/** A list as JSON; a quotation mark must not stand in an address. */
const listOf = (values: (string | number)[]) =>
  JSON.stringify(values).replaceAll('"', '%22');

/** The unit of time; DAY and DAILY mean the same. */
export function readGranularity(
  given: unknown,
  { granularities }: Kind,
): string {
  if (given === undefined) return granularities[0]!;
  const unit = (word: unknown) =>
    String(word)
      .toUpperCase()
      .replace(/^DAILY$/, 'DAY')
      .replace(/^MONTHLY$/, 'MONTH');
  const known = granularities.find(each => unit(each) === unit(given));
  return (
    known ??
    refuse(
      'INVALID_OPTIONS',
      'The option granularity has a value that it cannot have.',
      `Use ${granularities.join(' or ')}.`,
    )
  );
}

/** What narrows the question down, under Meta's names. */
export function readFilters(options: Options, { filters }: Kind): Filters {
  return Object.entries(filters)
    .filter(([option]) => options[option] !== undefined)
    .map(([option, name]) => [name, readWords(options[option], option)]);
}

function readWords(given: unknown, option: string): (string | number)[] {
  const list: unknown[] = Array.isArray(given) ? given : [given];
  if (list.length === 0) {
    refuse(
      'INVALID_OPTIONS',
      `The option ${option} is an empty list, which would narrow nothing down.`,
      'Check the field of state that it comes from, or leave the option out.',
    );
  }
  return list.map(item => {
    if (typeof item === 'number' && Number.isSafeInteger(item)) return item;
    const word = typeof item === 'string' ? item.trim() : '';
    // A number as people write it is digits to Meta.
    if (option === 'phoneNumbers' && /^[+\d\s().-]+$/.test(word)) {
      return word.replace(/\D/g, '');
    }
    if (/^\w+$/.test(word)) return word;
    return refuse(
      'INVALID_OPTIONS',
      `The option ${option} has a value that is ${word === '' ? nameOf(item) : 'no word of letters, digits and underscores'}.`,
      `Give a word or a list of words, as Meta's page on analytics has them.`,
    );
  });
}
