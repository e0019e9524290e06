import * as v from 'valibot';
import type { FileUpload } from '../upload';
import type { Context, Result } from '../../core/operation';
import { isObject, nameOf } from '../../core/values';
import { factsOf } from '../../graph/request';
import { LIMITS } from '../../messages/kinds/limits';
import { languageCode, templateName } from '../../messages/kinds/template';
import {
  checkTemplate,
  refuseTemplate,
} from '../../messages/plain/template/fields';
import { anyList, anyObject, text, withRules } from '../../schema/rules';
import type { Rule } from '../../schema/rules';
import type { DeleteTemplateOptions } from '../../types';
import { change, succeeded } from '../change';
import {
  deliveryOf,
  readAccountOptions,
  readId,
  readTextOptions,
  refuseEmpty,
} from '../options';
import { checkComponents } from './check-components';
import { areCounted, variablesOf } from './check-variables';
import { CATEGORIES, DEFINITION } from './limits';
import type { Category } from './limits';
import { withSamples } from './samples';

/** Hands in a new template for review, its samples uploaded first. */
export const createTemplateWith =
  (files: FileUpload) =>
  async (
    context: Context,
    given: unknown,
    givenOptions: unknown,
  ): Promise<Result> => {
    const { client } = context;
    const options = readTextOptions(context, givenOptions);
    const definition = readDefinition(given);
    const parts = [client.id('wabaId'), 'message_templates'];
    const body = await withSamples(files, client, definition, options);
    const answer = await change(
      client,
      { method: 'POST', parts, body, ...deliveryOf(options) },
      'look with getTemplate whether the template exists.',
    );
    const { name, language, category } = definition;
    return {
      data: {
        name,
        language,
        category,
        ...(isObject(answer.body) && answer.body),
      },
      response: factsOf(answer),
    };
  };

/** Changes a template; its components are replaced as a whole. */
export const updateTemplateWith =
  (files: FileUpload) =>
  async (
    context: Context,
    given: unknown,
    changes: unknown,
    givenOptions: unknown,
  ): Promise<Result> => {
    const { client } = context;
    const options = readTextOptions(context, givenOptions);
    const id = readId(
      given,
      'The ID of the template',
      'Take the id that getTemplate or createTemplate left; a name is not enough, as each language has its own.',
    );
    const definition = readChanges(changes);
    const body = await withSamples(files, client, definition, options);
    const answer = await change(
      client,
      { method: 'POST', parts: [id], body, ...deliveryOf(options) },
      'look with getTemplate whether the template was changed.',
    );
    return succeeded(answer, { id });
  };

/** Deletes a template: in all its languages, or in the one that has the ID. */
export async function removeTemplate(
  { client }: Context,
  name: unknown,
  given: unknown,
): Promise<Result> {
  refuseEmpty(given, 'id');
  const { id: language, ...options } =
    readAccountOptions<DeleteTemplateOptions>(given, { id: v.unknown() });
  checkTemplate(templateName, name, 'template');
  const id =
    language === undefined
      ? undefined
      : readId(language, 'The option id', 'Take the id that getTemplate left.');
  const answer = await change(
    client,
    {
      method: 'DELETE',
      parts: [client.id('wabaId'), 'message_templates'],
      query: { name, hsm_id: id },
      ...deliveryOf(options),
    },
    'look with listTemplates whether it is gone.',
  );
  return succeeded(answer, { name, ...(id !== undefined && { id }) });
}

type Definition = Record<string, unknown>;

const plainName: Rule = {
  summary: 'lower case letters, digits and underscores',
  isValid: (name: string) => /^[a-z0-9_]+$/.test(name),
  message: 'has other signs than lower case letters, digits and underscores',
  fix: 'Write it as in visit_reminder.',
};

const name = withRules(text(LIMITS.template.name), plainName);
const listOfObjects = v.pipe(
  anyList(anyObject()),
  v.check(
    list => list.length > 0,
    "is empty\nGive at least a body, as in [{ type: 'BODY', text: '…' }].",
  ),
);

/** A new template, checked by Meta's limits; its variables tell how it counts. */
export function readDefinition(given: unknown): Definition {
  const definition = readObject(given, 'The definition of the template');
  checkTemplate(name, definition['name'], 'name');
  checkTemplate(languageCode, definition['language'], 'language');
  const category = readCategory(definition['category']);
  checkTimeToLive(definition['message_send_ttl_seconds'], category);
  // A template from Meta's library brings its components along.
  if (definition['library_template_name'] !== undefined) {
    return { ...definition, category };
  }
  return withFormat({ ...definition, category }, category);
}

/** What changes of a template, checked by the same limits. */
export function readChanges(given: unknown): Definition {
  const changes = readObject(given, 'What to change of the template');
  const { category: word, components } = changes;
  const category = word === undefined ? undefined : readCategory(word);
  checkTimeToLive(changes['message_send_ttl_seconds'], category);
  if (components === undefined)
    return { ...changes, ...(category && { category }) };
  return withFormat({ ...changes, ...(category && { category }) }, category);
}

function readObject(given: unknown, what: string): Definition {
  if (isObject(given) && Object.values(given).some(isGiven)) return given;
  const is = isObject(given) ? 'empty' : nameOf(given);
  return refuseTemplate(
    `${what} is ${is}; it must be an object.`,
    "Write it in Meta's form, as in { name, language, category, components }.",
  );
}

const isGiven = (value: unknown) => value !== undefined && value !== null;

function readCategory(given: unknown): Category {
  const word = typeof given === 'string' ? given.toUpperCase() : given;
  const category = CATEGORIES.find(each => each === word);
  return (
    category ??
    refuseTemplate(
      `category is ${given === undefined ? 'missing' : 'none of the words that it can be'}.`,
      `Use ${CATEGORIES.join(', ')}: UTILITY for what a person asked for or expects, such as a visit.`,
    )
  );
}

/** Without a word on it, Meta takes every template for one that counts. */
function withFormat(
  definition: Definition,
  category: Category | undefined,
): Definition {
  const { components, parameter_format: format } = definition;
  checkTemplate(listOfObjects, components, 'components');
  checkComponents(components, category);
  if (format !== undefined) return definition;
  const variables = variablesOf(components);
  return variables.length === 0 || areCounted(variables)
    ? definition
    : { ...definition, parameter_format: 'NAMED' };
}

function checkTimeToLive(given: unknown, category: Category | undefined) {
  if (given === undefined || given === null || category === undefined) return;
  const { least, most } = DEFINITION.timeToLive[category];
  const isNumber = typeof given === 'number' || typeof given === 'string';
  const seconds = isNumber ? Number(given) : NaN;
  if (seconds === -1 || (seconds >= least && seconds <= most)) return;
  refuseTemplate(
    `message_send_ttl_seconds is not a number from ${least} to ${most}, which is what ${category} takes.`,
    'Give seconds, or -1 for 30 days.',
  );
}
