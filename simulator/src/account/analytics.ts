import { refuse } from '../core/errors';
import type { Json } from '../checks/rules';
import { isObject } from '../checks/rules';
import type { Entry, MessageEntry } from '../core/transcript';

// Numbers made from the transcript: whatever was accepted counts as delivered.

type Point = Json & { start: number; end: number };

const HOUR = 3600;
const UNITS: Record<string, number> = {
  HALF_HOUR: HOUR / 2,
  DAY: 24 * HOUR,
  DAILY: 24 * HOUR,
  // As good as a month, for who looks at a few days of trying.
  MONTH: 30 * 24 * HOUR,
  MONTHLY: 30 * 24 * HOUR,
};

/** A field with its arguments: `analytics.start(1).end(2).granularity(DAY)`. */
export interface Question {
  field: string;
  arguments: Record<string, string>;
}

/** Reads Graph's field expansion; dots and brackets have to stand as they are. */
export function readExpansion(fields: string): Question | undefined {
  const [, field, rest] =
    /^(\w*analytics)((?:\.\w+\([^()]*\))+)$/.exec(fields) ?? [];
  if (field === undefined) return undefined;
  const pairs = (rest ?? '').matchAll(/\.(\w+)\(([^()]*)\)/g);
  return {
    field,
    arguments: Object.fromEntries(
      [...pairs].map(([, name = '', value = '']) => [name, value]),
    ),
  };
}

const secondsOf = ({ timestamp }: Entry) =>
  Math.floor(Date.parse(timestamp) / 1000);

/** The messages of a time, cut into its units; units without messages are left out. */
function cut(transcript: readonly Entry[], given: Record<string, string>) {
  const { start, end, granularity = '' } = given;
  const unit = Object.hasOwn(UNITS, granularity) && UNITS[granularity];
  if (!/^\d+$/.test(start ?? '') || !/^\d+$/.test(end ?? '') || !unit)
    refuse(100, 'start, end and granularity are needed.');
  const [from, to] = [Number(start), Number(end)];
  const units = new Map<number, MessageEntry[]>();
  for (const entry of transcript) {
    const at = secondsOf(entry);
    if (entry.kind !== 'message' || at < from || at >= to) continue;
    const begin = from + Math.floor((at - from) / unit) * unit;
    units.set(begin, [...(units.get(begin) ?? []), entry]);
  }
  return [...units].map(([begin, entries]) => ({
    start: begin,
    end: begin + unit,
    entries,
  }));
}

const categoryOf = ({ message }: MessageEntry) =>
  isObject(message.template) ? 'UTILITY' : 'SERVICE';

const whoOf = ({ to, recipient }: MessageEntry) => to ?? recipient;

const CATEGORIES = ['UTILITY', 'SERVICE'];

/** One point for each category and unit. */
const byCategory = (
  units: ReturnType<typeof cut>,
  count: (entries: MessageEntry[], category: string) => Json,
): Point[] =>
  units.flatMap(({ start, end, entries }) =>
    CATEGORIES.flatMap(category => {
      const own = entries.filter(entry => categoryOf(entry) === category);
      return own.length ? [{ start, end, ...count(own, category) }] : [];
    }),
  );

/** What the account has sent, as Graph would tell it. */
export function analyze(
  { field, arguments: given }: Question,
  transcript: readonly Entry[],
): Json {
  const units = cut(transcript, given);
  switch (field) {
    case 'analytics':
      return {
        phone_numbers: [],
        granularity: given.granularity,
        data_points: units.map(({ start, end, entries: { length } }) => ({
          start,
          end,
          sent: length,
          delivered: length,
        })),
      };
    case 'conversation_analytics':
      return wrapped(
        byCategory(units, (entries, category) => ({
          conversation: new Set(entries.map(whoOf)).size,
          conversation_category: category,
          conversation_type: 'REGULAR',
          cost: 0,
        })),
      );
    case 'pricing_analytics':
      return wrapped(
        byCategory(units, (entries, category) => ({
          pricing_category: category,
          pricing_type: 'REGULAR',
          volume: entries.length,
          cost: 0,
        })),
      );
    default:
      return refuse(100, `Tried accessing nonexisting field (${field}).`);
  }
}

const wrapped = (points: Point[]) => ({ data: [{ data_points: points }] });

/** How the templates of these names did, by ID. */
export function analyzeTemplates(
  names: ReadonlyMap<string, string>,
  given: Record<string, string>,
  transcript: readonly Entry[],
): Point[] {
  return [...names].flatMap(([id, name]) =>
    cut(transcript, given).flatMap(({ start, end, entries }) => {
      const sent = entries.filter(
        ({ message: { template } }) =>
          isObject(template) && template.name === name,
      ).length;
      return sent
        ? [{ template_id: id, start, end, sent, delivered: sent, read: 0 }]
        : [];
    }),
  );
}
