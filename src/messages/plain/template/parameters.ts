import { coerce } from '../../../schema/check';
import { isObject, nameOf } from '../../../core/values';
import {
  anyList,
  anyObject,
  openVariant,
  withRules,
} from '../../../schema/rules';
import { LIMITS } from '../../kinds/limits';
import {
  bodyParameters,
  flatten,
  headerParameters,
  maxCharactersInAll,
} from '../../kinds/fields';
import {
  addType,
  checkTemplate,
  readSingleLine,
  refuseTemplate,
} from './fields';
import type { TemplatePart } from './fields';

/** Whose body the values fill. */
type Body = {
  /** As people say it: `the template`. */
  owner: string;
  /** As the job has it: `values`. */
  path: string;
  /** Characters that it may have. */
  max: number;
};

/** The body, made of a list of values or of an object of named ones. */
export function buildBody(values: unknown, body: Body): TemplatePart[] {
  const parameters = buildBodyParameters(values, body);
  if (parameters.length === 0) return [];
  const all = withRules(anyList(anyObject()), maxCharactersInAll(body.max));
  checkTemplate(all, parameters, `The body of ${body.owner}`);
  return [{ type: 'body', parameters }];
}

function buildBodyParameters(values: unknown, body: Body): TemplatePart[] {
  if (values === undefined || values === null) return [];
  if (Array.isArray(values)) return buildPositional(values, body);
  if (isObject(values)) return buildNamed(values, body);
  return refuseTemplate(
    `The values of ${body.owner} are ${nameOf(values)}, not a list or an object.`,
    'Give a list for {{1}} and {{2}}, as in [$.data.name], or an object for {{name}}, as in { name: $.data.name }.',
  );
}

function buildPositional(
  values: unknown[],
  { owner, path, max }: Body,
): TemplatePart[] {
  // Not `map`, which would skip the holes of a list.
  return Array.from(values, (value, index) =>
    buildBodyParameter(value, {
      name: `Value ${index + 1} of ${owner}`,
      path: `${path}[${index}]`,
      max,
    }),
  );
}

function buildNamed(
  values: Record<string, unknown>,
  { owner, path, max }: Body,
): TemplatePart[] {
  return Object.entries(values).map(([name, value]) => {
    checkName(name, owner);
    const place = {
      name: `Value '${name}' of ${owner}`,
      path: `${path}.${name}`,
      max,
    };
    return { ...buildBodyParameter(value, place), parameter_name: name };
  });
}

function checkName(name: string, owner: string): void {
  if (/^\d+$/.test(name)) {
    refuseTemplate(
      `The values of ${owner} have numbers as names.`,
      'Give them as a list, in the order of {{1}}, {{2}} and so on.',
    );
  }
  if (!/^\w+$/.test(name)) {
    refuseTemplate(
      `The values of ${owner} have a name that no variable has.`,
      'Write the names as in WhatsApp Manager, without {{ and }}: lower case letters, digits and underscores.',
    );
  }
}

/** Where a value stands. */
type ValuePlace = {
  /** As people say it: `Value 2 of the template`. */
  name: string;
  /** As the job has it: `values[1]`. */
  path: string;
  /** Characters that its text may have. */
  max: number;
};

/** Meta's parameter for one variable of a body. */
function buildBodyParameter(value: unknown, place: ValuePlace): TemplatePart {
  if (!isObject(value) || Object.keys(value).length === 0) {
    return { type: 'text', text: readSingleLine(value, place.name, place.max) };
  }
  const types = bodyParameters(place.max);
  const schema = openVariant(types);
  const typed = addType(value, Object.keys(types), place.path);
  const parameter = coerce(schema, flattenValue(typed, place));
  checkTemplate(schema, parameter, place.path);
  return parameter;
}

function flattenValue(
  parameter: TemplatePart,
  { path, max }: ValuePlace,
): TemplatePart {
  const { type } = parameter;
  if (type === 'text') {
    const text = readSingleLine(parameter['text'], `${path}.text`, max);
    return { ...parameter, text };
  }
  const content = parameter[type];
  if (!isObject(content)) return parameter;
  const fallback = content['fallback_value'];
  if (typeof fallback !== 'string') return parameter;
  return {
    ...parameter,
    [type]: { ...content, fallback_value: flatten(fallback) },
  };
}

const maxHeader = LIMITS.template.header;
const headerTypes = headerParameters(maxHeader);
const MEDIA_TYPES = ['image', 'video', 'document'];

/** The header, made of a text or of an object that names its content. */
export function buildHeader(header: unknown, at: string): TemplatePart[] {
  if (header === undefined || header === null) return [];
  return [{ type: 'header', parameters: [buildHeaderParameter(header, at)] }];
}

function buildHeaderParameter(header: unknown, at: string): TemplatePart {
  if (!isObject(header) || Object.keys(header).length === 0) {
    return { type: 'text', text: readSingleLine(header, at, maxHeader) };
  }
  const typed = addType(header, Object.keys(headerTypes), at);
  const parameter =
    typed.type === 'text' ? flattenHeader(typed, at) : coerceHeader(typed);
  refuseMediaText(parameter, at);
  checkTemplate(headerSchema, parameter, at);
  return parameter;
}

const headerSchema = openVariant(headerTypes);
const coerceHeader = (typed: TemplatePart) =>
  coerce(headerSchema, typed) as TemplatePart;

const flattenHeader = (parameter: TemplatePart, at: string): TemplatePart => ({
  ...parameter,
  text: readSingleLine(parameter['text'], `${at}.text`, maxHeader),
});

/** A media as mere text might be an ID or an address. */
function refuseMediaText(parameter: TemplatePart, at: string): void {
  const { type } = parameter;
  if (!MEDIA_TYPES.includes(type) || typeof parameter[type] !== 'string')
    return;
  refuseTemplate(
    `${at}.${type} is text; it must be an object.`,
    `Write { ${type}: { link: 'https://…' } }, or { ${type}: { id: '…' } } for an uploaded media.`,
  );
}
