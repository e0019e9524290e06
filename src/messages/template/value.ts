import { isObject } from '../../core/values';
import { openVariant } from '../../schema/variants';
import { coerce } from '../../schema/check';
import type { Part } from './component';
import { flatten } from './one-line';
import { bodyParameters } from './parameters';
import { checkTemplate } from './refuse';
import { withType } from './typed';
import { readWords } from './words';

/** Where a value stands. */
export type Place = {
  /** As people say it: `Value 2 of the template`. */
  name: string;
  /** As the job has it: `values[1]`. */
  path: string;
  /** Characters that its text may have. */
  max: number;
};

/** Meta's parameter for one variable of a body. */
export function parameterOf(value: unknown, place: Place): Part {
  if (!isObject(value) || Object.keys(value).length === 0) {
    return { type: 'text', text: readWords(value, place.name, place.max) };
  }
  const types = bodyParameters(place.max);
  const schema = openVariant(types);
  const given = withType(value, Object.keys(types), place.path);
  const parameter = coerce(schema, onOneLine(given, place));
  checkTemplate(schema, parameter, place.path);
  return parameter;
}

function onOneLine(parameter: Part, { path, max }: Place): Part {
  const { type } = parameter;
  if (type === 'text') {
    const text = readWords(parameter['text'], `${path}.text`, max);
    return { ...parameter, text };
  }
  const content = parameter[type];
  if (!isObject(content)) return parameter;
  const shown = content['fallback_value'];
  if (typeof shown !== 'string') return parameter;
  return {
    ...parameter,
    [type]: { ...content, fallback_value: flatten(shown) },
  };
}
