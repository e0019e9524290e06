import { isObject } from '../../core/values';
import { openVariant } from '../../schema/variants';
import { coerce } from '../../schema/check';
import { LIMITS } from '../limits';
import type { Part } from './component';
import { headerParameters } from './parameters';
import { checkTemplate, refuseTemplate } from './refuse';
import { withType } from './typed';
import { readWords } from './words';

const max = LIMITS.template.header;
const types = headerParameters(max);
const MEDIA = ['image', 'video', 'document'];

/** The header, made of a text or of an object that names its content. */
export function headerOf(header: unknown, at: string): Part[] {
  if (header === undefined || header === null) return [];
  return [{ type: 'header', parameters: [parameterOf(header, at)] }];
}

function parameterOf(header: unknown, at: string): Part {
  if (!isObject(header) || Object.keys(header).length === 0) {
    return { type: 'text', text: readWords(header, at, max) };
  }
  const given = withType(header, Object.keys(types), at);
  const parameter =
    given.type === 'text' ? onOneLine(given, at) : conformed(given);
  refuseAddress(parameter, at);
  checkTemplate(schema, parameter, at);
  return parameter;
}

const schema = openVariant(types);
const conformed = (given: Part) => coerce(schema, given) as Part;

const onOneLine = (parameter: Part, at: string): Part => ({
  ...parameter,
  text: readWords(parameter['text'], `${at}.text`, max),
});

/** A media as mere text might be an ID or an address. */
function refuseAddress(parameter: Part, at: string): void {
  const { type } = parameter;
  if (!MEDIA.includes(type) || typeof parameter[type] !== 'string') return;
  refuseTemplate(
    `${at}.${type} is text; it must be an object.`,
    `Write { ${type}: { link: 'https://…' } }, or { ${type}: { id: '…' } } for an uploaded media.`,
  );
}
