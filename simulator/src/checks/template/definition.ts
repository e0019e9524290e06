import { metaError, refuse } from '../../core/errors';
import type { Check, Json } from '../rules';
import { isObject, open, optional } from '../rules';
import { asString, lengthOf, matching, oneOf, text } from '../values';

// What Meta looks at when a template is handed in.

const TOO_LONG = 2388040;
const BODY_WRONG = 2388072;
const EDGE = 2388299;

const wrong = (subcode: number, details: string) =>
  metaError(100, details, { subcode });

const upper = (value: unknown) => String(value).toUpperCase();

const variablesOf = (words: string) =>
  new Set([...words.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name)).size;

const examplesOf = (example: unknown): number => {
  if (!isObject(example)) return 0;
  const [counted] = (example.body_text as unknown[][] | undefined) ?? [];
  const named = example.body_text_named_params as unknown[] | undefined;
  return (counted ?? named ?? []).length;
};

function checkBody({ text: words, example }: Json, at: string) {
  const given = asString(words, `${at}['text']`);
  if (lengthOf(given) > 1024) throw wrong(TOO_LONG, 'The body is too long.');
  if (/^\{\{|\}\}$/.test(given.trim()))
    throw wrong(EDGE, 'Variables cannot be at the start or end of the body.');
  if (examplesOf(example) < variablesOf(given))
    throw wrong(BODY_WRONG, 'The body lacks examples of its variables.');
}

function checkHeader({ format, text: words, example }: Json) {
  if (upper(format) === 'TEXT') {
    if (lengthOf(asString(words, 'header')) > 60)
      throw wrong(TOO_LONG, 'The header is too long.');
    return;
  }
  if (upper(format) === 'LOCATION') return;
  const [handle] = (isObject(example) &&
    (example.header_handle as unknown[])) || [undefined];
  if (typeof handle !== 'string' || !handle.startsWith('4::'))
    refuse(100, 'The header needs an example with a handle of an upload.');
}

/** The components of a template; `isFixed` when Meta writes its texts. */
export function checkComponents(value: unknown, isFixed: boolean): void {
  if (!Array.isArray(value)) refuse(100, 'Param components must be an array.');
  const parts = (value as unknown[]).filter(isObject);
  const body = parts.find(({ type }) => upper(type) === 'BODY');
  if (!body) throw wrong(BODY_WRONG, 'A template needs a body.');
  if (!isFixed) checkBody(body, "components['BODY']");
  const header = parts.find(({ type }) => upper(type) === 'HEADER');
  if (header) checkHeader(header);
}

const category: Check = (value, at) =>
  oneOf(
    'AUTHENTICATION',
    'MARKETING',
    'UTILITY',
  )(asString(value, at).toUpperCase(), at);

const fields = open({
  name: matching(/^[a-z0-9_]{1,512}$/, 'lowercase letters and underscores'),
  language: text(),
  category,
  parameter_format: optional(text()),
});

/** Refuses a new template that Meta would refuse. */
export function checkDefinition(definition: Json): void {
  fields(definition, '');
  const isFixed = upper(definition.category) === 'AUTHENTICATION';
  checkComponents(definition.components, isFixed);
}
