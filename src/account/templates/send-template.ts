import { refuse } from '../../core/errors';
import type { Context, Result } from '../../core/operation';
import { isObject } from '../../core/values';
import { checkMissing, sendMessage } from '../../graph/send-request';
import { buildTemplate } from '../../messages/plain/template/template';
import { check } from '../../schema/check';
import { boolean } from '../../schema/rules';
import type { Template, TemplateOptions } from '../../types';
import { mismatchesIn } from './compare-template';
import { chooseApproved } from './get-template';
import { knownFamily, labelOf } from './list-templates';
import { needsOf } from './requirements';
import type { Needs } from './requirements';

/** Sends a template; with `check: true` only after it was compared with its definition. */
export async function sendTemplateMessage(
  context: Context,
  to: unknown,
  template: unknown,
  values: unknown,
  given: unknown,
): Promise<Result> {
  const { client } = context;
  if (!isChecked(given)) {
    const outgoing = buildTemplate(to, template, values, given);
    return sendMessage(context, outgoing);
  }
  client.id('phoneNumberId');
  // Whatever can be refused without asking is refused without asking.
  const built = buildTemplate(
    to,
    template,
    plainValues(values),
    plainOptions(given),
  );
  checkMissing(context, built.options);
  const { name, language } = contentOf(built);
  const family = await knownFamily(client, name, built.options);
  const definition = chooseApproved(family, language.code);
  const needs = needsOf(definition);
  const outgoing = buildTemplate(
    to,
    template,
    arrangeValues(values, needs),
    arrangeOptions(given, needs),
  );
  refuseMismatch(definition, needs, contentOf(outgoing).components);
  return sendMessage(context, outgoing);
}

function isChecked(options: unknown): options is TemplateOptions {
  if (!isObject(options)) return false;
  const given = options['check'] ?? false;
  check(boolean(), given, 'check', { code: 'INVALID_OPTIONS' });
  return given;
}

function refuseMismatch(
  { name, language }: Template,
  needs: Needs,
  components: unknown,
): void {
  const mismatches = mismatchesIn(components, needs);
  if (mismatches.length === 0) return;
  refuse(
    'TEMPLATE_MISMATCH',
    `${labelOf(name, language)} ${mismatches.join('. It ')}.`,
    'Give what it needs; getTemplate shows the whole template.',
  );
}

type Content = {
  name: string;
  language: { code: string };
  components?: unknown;
};

const contentOf = ({ body }: { body: Record<string, unknown> }) =>
  body['template'] as Content;

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
