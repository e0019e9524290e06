import { refuse } from '../../core/errors';
import type { Context, Result } from '../../core/operation';
import { ownOf } from '../../core/values';
import { factsOf } from '../../graph/request';
import { sendRequest } from '../../graph/send-request';
import { languageCode, templateName } from '../../messages/kinds/template';
import { checkTemplate } from '../../messages/plain/template/fields';
import type { GetTemplateOptions, Template } from '../../types';
import { deliveryOf, readAccountOptions } from '../options';
import { FIELDS, findFamily, isApproved, labelOf } from './list-templates';
import type { Family } from './list-templates';

const DEFAULT = 'en_US';

/** One template: by its ID, or by its name and language. */
export async function readTemplate(
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

// What is told of a template that is not there, or cannot be sent: what there is instead.

const SHOWN = 5;

/** The template in this language, whatever its status. */
export function choose(family: Family, language: string): Template {
  const template = family.languages.find(each => each.language === language);
  return template ?? refuseMissing(family, language);
}

/** The template in this language, if it can be sent. */
export function chooseApproved(family: Family, language: string): Template {
  const template = choose(family, language);
  return isApproved(template) ? template : refuseStatus(template, family);
}

export function refuseMissing(family: Family, language: string): never {
  const { name, languages, others } = family;
  if (languages.length > 0) {
    return refuse(
      'TEMPLATE_MISSING',
      `${name} does not exist in ${language}; it exists in ${languages.map(withStatus).join(', ')}.`,
      'Give one of these as the option language, written the same way.',
    );
  }
  const instead = nearest(others, name);
  return refuse(
    'TEMPLATE_MISSING',
    `There is no template ${labelOf(name, language)}; ${instead ? `approved are ${instead}` : 'the account has no approved template'}.`,
    instead
      ? 'Copy the name of one of these, or make it with createTemplate.'
      : 'Check wabaId in the credential, or make the template with createTemplate.',
  );
}

function refuseStatus(template: Template, family: Family): never {
  const { name, language, status } = template;
  const siblings = family.languages.filter(isApproved);
  const instead = namesOf(siblings) || nearest(family.others, name);
  return refuse(
    'TEMPLATE_UNAVAILABLE',
    `${labelOf(name, language)} is ${status}${reasonOf(template)}, so it cannot be sent; ${instead ? `approved are ${instead}` : 'nothing else is approved'}.`,
    ownOf(FIXES, status) ??
      'Look at it in WhatsApp Manager, or send one of the others.',
  );
}

const FIXES: Record<string, string> = {
  PENDING: 'Wait until Meta has approved it, or send one of the others.',
  IN_APPEAL: 'Wait until Meta has decided, or send one of the others.',
  REJECTED:
    'Correct it with updateTemplate and have it approved, or send one of the others.',
  PAUSED:
    'Wait until the pause is over (3 hours the first time, 6 the second), or send one of the others.',
  DISABLED: 'Make a new template with another text, or send one of the others.',
};

function reasonOf({ rejected_reason: reason }: Template): string {
  return typeof reason === 'string' && reason !== 'NONE' ? ` (${reason})` : '';
}

const withStatus = ({ language, status }: Template) =>
  `${language} (${status})`;

/** `visit_reminder (en_US, sw), lab_result (en_US)`. */
function namesOf(templates: Template[]): string {
  const byName = new Map<string, string[]>();
  for (const { name, language } of templates) {
    byName.set(name, [...(byName.get(name) ?? []), language]);
  }
  const names = [...byName].map(([name, all]) =>
    labelOf(name, all.slice(0, SHOWN).join(', ')),
  );
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
  return names.slice(0, SHOWN).join(', ') + more;
}

/** The others, those first that look most like the name. */
function nearest(others: Template[], name: string): string {
  const likeness = (other: Template) => sharedPairs(other.name, name);
  return namesOf([...others].sort((a, b) => likeness(b) - likeness(a)));
}

/** How much two names have in common: pairs of letters, as a share of all. */
function sharedPairs(one: string, other: string): number {
  const pairs = pairsOf(one);
  const shared = [...pairsOf(other)].filter(pair => pairs.has(pair)).length;
  return (2 * shared) / (pairs.size + pairsOf(other).size || 1);
}

const pairsOf = (name: string) =>
  new Set(Array.from(name.slice(1), (letter, index) => name[index] + letter));
