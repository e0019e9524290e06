import { isObject, withoutNulls } from '../../core/values';
import {
  languageCode,
  templateLanguage,
  templateName,
} from './name-and-language';
import { checkTemplate, refuseTemplate } from './refuse';
import { refuseUnknown } from './typed';

const DEFAULT = 'en_US';

type Language = { code: string };

/** Name and language, made of a name, of both, or of what `getTemplate` left. */
export function identify(template: unknown, option: unknown) {
  if (!isObject(template)) {
    checkTemplate(templateName, template, 'template');
    return { name: template, language: languageOf(undefined, option) };
  }
  // What Meta answered has many more fields, and more tomorrow.
  if (template['id'] === undefined) {
    refuseUnknown(template, ['name', 'language'], 'template');
  }
  const { name, language } = template;
  checkTemplate(templateName, name, 'template.name');
  return { name, language: languageOf(language, option) };
}

function languageOf(own: unknown, option: unknown): Language {
  const known = readLanguage(own, 'template.language');
  const wanted = readLanguage(option, 'language');
  if (known && wanted && known.code !== wanted.code) {
    refuseTemplate(
      'The template has one language, and the option language names another.',
      'Keep one of the two.',
    );
  }
  return known ?? wanted ?? { code: DEFAULT };
}

/** A language as text, or as Meta writes it. */
function readLanguage(given: unknown, at: string): Language | undefined {
  if (given === undefined || given === null) return undefined;
  if (isObject(given)) {
    const language = withoutNulls(given);
    checkTemplate(templateLanguage, language, at);
    return language;
  }
  checkTemplate(languageCode, given, at);
  return { code: given };
}
