import { refuse } from '../../core/errors';
import { nameOf } from '../../core/values';
import { readTime } from '../time';

// What Meta counts, and how it is asked for. Names of Meta's stand here once.

/** Filters and dimensions: our option, and Meta's name for it. */
const PHONE_NUMBERS = { phoneNumbers: 'phone_numbers' };
const COUNTRIES = { countryCodes: 'country_codes' };
const METRICS = { metricTypes: 'metric_types' };
const DIMENSIONS = { dimensions: 'dimensions' };

/** A kind of analytics. */
export type Kind = {
  /** The field of the account, or the edge when `isEdge`. */
  field: string;
  isEdge?: boolean;
  /** By the unit of time; the first one is the default. */
  granularities: readonly string[];
  filters: Readonly<Record<string, string>>;
  /** Days that Meta looks back. */
  lookback: number;
};

const YEAR = 366;

export const KINDS = {
  messages: {
    field: 'analytics',
    granularities: ['DAY', 'HALF_HOUR', 'MONTH'],
    filters: {
      ...PHONE_NUMBERS,
      ...COUNTRIES,
      productTypes: 'product_types',
    },
    lookback: YEAR,
  },
  conversations: {
    field: 'conversation_analytics',
    granularities: ['DAILY', 'HALF_HOUR', 'MONTHLY'],
    filters: {
      ...PHONE_NUMBERS,
      ...METRICS,
      ...DIMENSIONS,
      conversationCategories: 'conversation_categories',
      conversationTypes: 'conversation_types',
      conversationDirections: 'conversation_directions',
    },
    lookback: YEAR,
  },
  pricing: {
    field: 'pricing_analytics',
    granularities: ['DAILY', 'HALF_HOUR', 'MONTHLY'],
    filters: {
      ...PHONE_NUMBERS,
      ...COUNTRIES,
      ...METRICS,
      ...DIMENSIONS,
      pricingTypes: 'pricing_types',
      pricingCategories: 'pricing_categories',
    },
    lookback: YEAR,
  },
  templates: {
    field: 'template_analytics',
    isEdge: true,
    granularities: ['DAILY'],
    filters: { templateIds: 'template_ids', ...METRICS },
    lookback: 90,
  },
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;

const DAY = 24 * 60 * 60 * 1000;
const DEFAULT_DAYS = 30;

/** From when to when, in Unix seconds. */
export type Period = { start: number; end: number };

/** The time that is asked about: by default the 30 days until now. */
export function readPeriod(
  start: unknown,
  end: unknown,
  lookback: number,
  now: number,
): Period {
  const until = end === undefined ? now : readTime(end, 'The option end');
  const from =
    start === undefined
      ? until - DEFAULT_DAYS * DAY
      : readTime(start, 'The option start');
  if (from >= until) {
    refuse(
      'INVALID_TIME',
      'The option start is not before end.',
      'Exchange the two, or give a longer time.',
    );
  }
  // A day more, for whoever counts in another zone.
  if (from < now - (lookback + 1) * DAY) {
    refuse(
      'INVALID_TIME',
      `The option start is more than ${lookback} days ago, which is as far as Meta looks back.`,
      'Give a later start.',
    );
  }
  return { start: Math.floor(from / 1000), end: Math.ceil(until / 1000) };
}

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
