import { needsOf } from './templates/requirements';
import { isTemplate, readTemplates } from './templates/list-templates';
import { connect } from '../core/client';
import { isObject, objectsIn } from '../core/values';
import { readPages } from '../graph/pages';
import type { Entity, MetadataHelper, PhoneNumber, Template } from '../types';

// OpenFn's editor keeps this tree and completes arguments from it: `@magic` in
// the documentation of an operation says from which part.

// Enough for any account that a person can find her way in.
const LIMIT = 1000;

/** The account as OpenFn's entities. */
export async function editorTree(
  given: unknown,
  helper: MetadataHelper = helperFor(given),
): Promise<Entity> {
  const [templates, numbers] = await Promise.all([
    helper.listTemplates(),
    helper.listPhoneNumbers(),
  ]);
  return {
    name: 'whatsapp',
    type: 'model',
    label: 'WhatsApp',
    children: {
      templates: byName(templates).map(templateEntity),
      phoneNumbers: numbers.map(numberEntity),
    },
  };
}

function helperFor(given: unknown): MetadataHelper {
  const client = connect(given);
  const extent = { limit: LIMIT };
  return {
    async listTemplates() {
      const { items } = await readTemplates(client, {}, extent);
      return items.filter(isTemplate);
    },
    async listPhoneNumbers() {
      const fields = 'id,display_phone_number,verified_name,status';
      const parts = [client.id('wabaId'), 'phone_numbers'];
      const call = { parts, query: { fields } };
      const { items } = await readPages(client, call, extent);
      return items.filter(isObject) as PhoneNumber[];
    },
  };
}

/** The languages of each template together, as jobs name a template first. */
function byName(templates: readonly Template[]): Template[][] {
  const names = new Map<string, Template[]>();
  for (const template of templates) {
    const languages = names.get(template.name);
    if (languages === undefined) names.set(template.name, [template]);
    else languages.push(template);
  }
  return [...names.values()];
}

function templateEntity(languages: Template[]): Entity {
  const template = languages[0]!;
  const needs = needsOf(template);
  const text = textOf(template);
  return {
    name: template.name,
    type: 'template',
    datatype: 'string',
    label: template.name,
    ...(text !== undefined && { desc: text }),
    children: {
      languages: languages.map(languageEntity),
      parameters: needs.body.map(name => ({
        name,
        type: 'parameter',
        datatype: 'string',
        label: `{{${name}}}`,
      })),
    },
    meta: { category: template.category, isNamed: needs.isNamed },
  };
}

const languageEntity = ({ id, language, status }: Template): Entity => ({
  name: language,
  type: 'language',
  datatype: 'string',
  label: `${language} (${status})`,
  meta: { id, status },
});

function numberEntity(number: PhoneNumber): Entity {
  const { id, verified_name: name, display_phone_number: display } = number;
  const label = [name, display].filter(Boolean).join(' ');
  return {
    name: id,
    type: 'phoneNumber',
    datatype: 'string',
    label: label || id,
    meta: { status: number.status },
  };
}

/** The text of its body. */
function textOf({ components }: Template): string | undefined {
  const body = objectsIn(components).find(
    ({ type }) => String(type).toUpperCase() === 'BODY',
  );
  return typeof body?.['text'] === 'string' ? body['text'] : undefined;
}
