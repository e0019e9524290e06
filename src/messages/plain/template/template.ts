import { coerce } from '../../../schema/check';
import { isObject, nameOf, withoutNulls } from '../../../core/values';
import { readOptions } from '../../../core/arguments';
import { anyList, anyObject, withRules } from '../../../schema/rules';
import type { TemplateOptions } from '../../../types';
import { buildEnvelope } from '../../message';
import { sendOptions } from '../../send-options';
import type { OutgoingMessage } from '../../message';
import { LIMITS } from '../../kinds/limits';
import {
  components,
  languageCode,
  limitedTimeOffer,
  offerShortensBody,
  othersShortenBody,
  templateLanguage,
  templateName,
} from '../../kinds/template';
import { buildButtonComponents } from './buttons';
import { buildCarousel } from './carousel';
import {
  checkTemplate,
  isGiven,
  refuseTemplate,
  refuseUnknownFields,
} from './fields';
import type { TemplatePart } from './fields';
import { buildBody, buildHeader } from './parameters';

const optionNames = [
  'language',
  'header',
  'buttons',
  'carousel',
  'limitedTimeOffer',
  'components',
  ...sendOptions,
  'check',
] as const satisfies (keyof TemplateOptions)[];

const wholeTemplate = withRules(
  anyList(anyObject()),
  offerShortensBody,
  othersShortenBody,
);

/**
 * A message with a template. `values` fills the body: a list in the order of
 * its variables, or an object with their names.
 */
export function buildTemplate(
  to: unknown,
  template: unknown,
  values: unknown,
  rawOptions: unknown,
): OutgoingMessage<TemplateOptions> {
  const options = readOptions<TemplateOptions>(rawOptions, optionNames);
  const content = buildContent(template, values, options);
  return buildEnvelope(to, 'template', content, options);
}

/** Meta's object for a template, made of the arguments of a job. */
export function buildContent(
  template: unknown,
  values: unknown,
  options: TemplateOptions,
) {
  const raw = readComponents(options.components);
  const parts = mergeComponents(buildComponents(values, options, raw), raw);
  checkTemplate(wholeTemplate, parts, 'The template');
  return {
    ...readNameAndLanguage(template, options.language),
    ...(parts.length > 0 && { components: parts }),
  };
}

function buildComponents(
  values: unknown,
  options: TemplateOptions,
  raw: readonly TemplatePart[],
): TemplatePart[] {
  const { carousel, buttons } = options;
  const header = buildHeader(options.header, 'header');
  const others = [
    ...buildOffer(options.limitedTimeOffer),
    ...(isGiven(carousel) ? buildCarousel(carousel) : []),
    ...(isGiven(buttons) ? buildButtonComponents(buttons, 'buttons') : []),
  ];
  const isAlone = [...header, ...others, ...raw].every(
    ({ type }) => type === 'body',
  );
  const { body, bodyAlone } = LIMITS.template;
  const max = isAlone ? bodyAlone : body;
  return [
    ...header,
    ...buildBody(values, { owner: 'the template', path: 'values', max }),
    ...others,
  ];
}

function readComponents(value: unknown): TemplatePart[] {
  if (!isGiven(value)) return [];
  const raw = coerce(components, value);
  checkTemplate(components, raw, 'components');
  return raw;
}

const OFFER_OPTION = 'limitedTimeOffer';
const OFFER_TYPE = 'limited_time_offer';
const OFFER_END = 'expiration_time_ms';

/** The offer, made of the moment when it ends. */
function buildOffer(value: unknown): TemplatePart[] {
  if (!isGiven(value)) return [];
  const content = isObject(value) ? value : { [OFFER_END]: value };
  refuseOtherThanNumber(content[OFFER_END]);
  refuseUnknownFields(content, [OFFER_END], OFFER_OPTION);
  checkTemplate(limitedTimeOffer, content, OFFER_OPTION);
  return [
    {
      type: OFFER_TYPE,
      parameters: [
        { type: OFFER_TYPE, [OFFER_TYPE]: { [OFFER_END]: content[OFFER_END] } },
      ],
    },
  ];
}

/** Dates come as text, as Dates or, emptied by OpenFn, as an object without fields. */
function refuseOtherThanNumber(end: unknown): void {
  if (typeof end === 'number' && Number.isFinite(end)) return;
  refuseTemplate(
    `${OFFER_OPTION} has ${describeEnd(end)}, not a number of milliseconds.`,
    'Give the milliseconds since 1970, as in state => new Date(state.data.until).getTime().',
  );
}

function describeEnd(end: unknown): string {
  if (end === undefined) return 'no end';
  // What `getTime` gives for a text that is no date.
  if (typeof end === 'number') return 'an end that is no date';
  return `an end that is ${nameOf(end)}`;
}

/** The order in which Meta's own examples have them; others come after. */
const ORDER = ['header', 'body', 'limited_time_offer', 'carousel', 'button'];

/**
 * All components in order. A raw one takes the place of those that the other
 * arguments made for the same part of the template.
 */
function mergeComponents(
  built: readonly TemplatePart[],
  components: readonly TemplatePart[],
): TemplatePart[] {
  const replaced = new Set(components.map(placeOf));
  return [
    ...built.filter(part => !replaced.has(placeOf(part))),
    ...components,
  ].sort(
    (a, b) =>
      rankOf(a) - rankOf(b) ||
      Number(a['index'] ?? 0) - Number(b['index'] ?? 0),
  );
}

/** The part of the template that a component fills: of buttons there are several. */
const placeOf = ({ type, index }: TemplatePart): string =>
  type === 'button' ? `button ${String(index)}` : type;

function rankOf({ type }: TemplatePart): number {
  const rank = ORDER.indexOf(type);
  return rank === -1 ? ORDER.length : rank;
}

const DEFAULT_LANGUAGE = 'en_US';

type Language = { code: string };

/** Name and language, made of a name, of both, or of what `getTemplate` left. */
export function readNameAndLanguage(template: unknown, fromOption: unknown) {
  if (!isObject(template)) {
    checkTemplate(templateName, template, 'template');
    return { name: template, language: chooseLanguage(undefined, fromOption) };
  }
  // What Meta answered has many more fields, and more tomorrow.
  if (template['id'] === undefined) {
    refuseUnknownFields(template, ['name', 'language'], 'template');
  }
  const { name, language } = template;
  checkTemplate(templateName, name, 'template.name');
  return { name, language: chooseLanguage(language, fromOption) };
}

function chooseLanguage(fromTemplate: unknown, fromOption: unknown): Language {
  const templateLanguage = readLanguage(fromTemplate, 'template.language');
  const optionLanguage = readLanguage(fromOption, 'language');
  if (
    templateLanguage &&
    optionLanguage &&
    templateLanguage.code !== optionLanguage.code
  ) {
    refuseTemplate(
      'The template has one language, and the option language names another.',
      'Keep one of the two.',
    );
  }
  return templateLanguage ?? optionLanguage ?? { code: DEFAULT_LANGUAGE };
}

/** A language as text, or as Meta writes it. */
function readLanguage(value: unknown, at: string): Language | undefined {
  if (!isGiven(value)) return undefined;
  if (isObject(value)) {
    const language = withoutNulls(value);
    checkTemplate(templateLanguage, language, at);
    return language;
  }
  checkTemplate(languageCode, value, at);
  return { code: value };
}
