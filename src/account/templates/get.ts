import { factsOf } from '../../graph/request';
import { sendRequest } from '../../graph/send-request';
import type { Context, Result } from '../../core/operation';
import { languageCode, templateName } from '../../messages/kinds/template';
import { checkTemplate } from '../../messages/plain/template/fields';
import type { GetTemplateOptions, Template } from '../../types';
import { deliveryOf, readAccountOptions } from '../options';
import { choose } from './choose';
import { findFamily } from './find';
import type { Family } from './find';
import { FIELDS } from './template';

const DEFAULT = 'en_US';

/** One template: by its ID, or by its name and language. */
export async function gettingTemplate(
  { client }: Context,
  nameOrId: unknown,
  given: unknown,
): Promise<Result> {
  const options = readAccountOptions<GetTemplateOptions>(given, {
    language: languageCode,
  });
  checkTemplate(templateName, nameOrId, 'template');
  if (/^\d{6,}$/.test(nameOrId)) {
    const answer = await sendRequest(client, {
      method: 'GET',
      parts: [nameOrId],
      query: { fields: FIELDS },
      ...deliveryOf(options),
    });
    return { data: answer.body, response: factsOf(answer) };
  }
  const family = await findFamily(client, nameOrId, options);
  const data = inLanguage(family, options.language);
  return { data, response: family.response };
}

/** Without a language: the only one there is, or the one that sends take. */
function inLanguage(family: Family, language: string | undefined): Template {
  const [only, ...more] = family.languages;
  if (language === undefined && only && more.length === 0) return only;
  return choose(family, language ?? DEFAULT);
}
