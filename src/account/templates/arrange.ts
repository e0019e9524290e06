import { isObject } from '../../core/values';
import type { TemplateOptions } from '../../types';
import type { Needs } from './needs';

// A job need not know how a template counts: an object of values fills named
// variables and numbered ones alike.

/** The values as the template wants them: by name, or in order. */
export function arrangeValues(values: unknown, needs: Needs): unknown {
  if (!isObject(values)) return values;
  const entries = Object.entries(values);
  if (!areNumbered(entries)) {
    return needs.isNamed ? values : entries.map(([, value]) => value);
  }
  // `{ 1: …, 2: … }` fills the first and the second variable, whatever their names.
  if (!needs.isNamed) return inOrder(entries);
  return Object.fromEntries(
    entries.map(([key, value]) => [needs.body[Number(key) - 1] ?? key, value]),
  );
}

/** The options, with what the definition knows better. */
export function arrangeOptions(
  options: TemplateOptions,
  needs: Needs,
): TemplateOptions {
  const { header, carousel } = options;
  return {
    ...options,
    ...(header !== undefined && { header: arrangeHeader(header, needs) }),
    ...(Array.isArray(carousel) && {
      carousel: carousel.map((card: unknown, index) =>
        arrangeCard(card, needs.cards?.[index]),
      ),
    }),
  } as TemplateOptions;
}

/** The one variable of a header has a name in a template with names. */
function arrangeHeader(header: unknown, { header: need, isNamed }: Needs) {
  if (!isNamed || need?.type !== 'text') return header;
  const text = isObject(header) ? header : { text: header };
  if (text['text'] === undefined || text['parameter_name'] !== undefined) {
    return header;
  }
  return { ...text, parameter_name: need.variable };
}

function arrangeCard(card: unknown, needs: Needs | undefined): unknown {
  if (!hasBody(card) || needs === undefined) return card;
  return { ...card, body: arrangeValues(card['body'], needs) };
}

const hasBody = (card: unknown): card is Record<string, unknown> =>
  isObject(card) && card['body'] !== undefined;

type Entries = [key: string, value: unknown][];

const areNumbered = (entries: Entries) =>
  entries.length > 0 && entries.every(([key]) => /^[1-9]\d*$/.test(key));

/** A hole stays a hole, so that its absence is told. */
function inOrder(entries: Entries): unknown[] {
  const list: unknown[] = [];
  for (const [key, value] of entries) list[Number(key) - 1] = value;
  return list;
}

/** The values in a form that can be checked before the definition is known. */
export function plainValues(values: unknown): unknown {
  if (!isObject(values)) return values;
  const entries = Object.entries(values);
  return areNumbered(entries) ? entries.map(([, value]) => value) : values;
}

/** The same for the values of cards. */
export function plainOptions(options: TemplateOptions): TemplateOptions {
  const { carousel } = options;
  if (!Array.isArray(carousel)) return options;
  const cards = carousel.map((card: unknown) =>
    hasBody(card) ? { ...card, body: plainValues(card['body']) } : card,
  );
  return { ...options, carousel: cards } as TemplateOptions;
}
