import type { Template, TemplateStore } from './templates';
import { metaError, refuse } from '../core/errors';
import type { Json } from '../checks/rules';
import { isObject } from '../checks/rules';
import { BODY, checkLength } from '../checks/template/parameters';

// A send is compared with the template of its name. Names that no account has
// are accepted unless the simulator is strict, so that a job can be tried without
// handing in its templates first.

const STATUSES: Record<string, number> = { PAUSED: 132015, DISABLED: 132016 };

const upper = (value: unknown) => String(value).toUpperCase();

const listOf = (value: unknown): Json[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

const part = (parts: unknown, type: string) =>
  listOf(parts).find(each => upper(each.type) === type);

const parametersOf = (component: Json | undefined) =>
  listOf(component?.parameters);

const variablesOf = (text: unknown) =>
  new Set([...String(text).matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name));

function checkBody(sent: unknown, template: Template) {
  const given = parametersOf(part(sent, 'BODY'));
  const wanted = variablesOf(part(template.components, 'BODY')?.text);
  if (given.length !== wanted.size)
    refuse(
      132000,
      `body: number of localizable_params (${given.length}) does not match the expected number of params (${wanted.size})`,
    );
  const isAlone = listOf(template.components).every(
    ({ type }) => upper(type) === 'BODY',
  );
  if (!isAlone) checkLength(given, BODY, 'body');
  const isNamed = template.parameter_format === 'NAMED';
  const fits = given.every(({ parameter_name: name }) =>
    isNamed ? wanted.has(String(name)) : name === undefined,
  );
  if (!fits) refuse(100, 'Parameter name is missing or empty, or unknown.');
}

function checkHeader(sent: unknown, template: Template) {
  const header = part(template.components, 'HEADER');
  const [given] = parametersOf(part(sent, 'HEADER'));
  const format = upper(header?.format ?? 'NONE');
  const isFilled = format !== 'TEXT' || variablesOf(header?.text).size > 0;
  const wanted = format === 'NONE' || !isFilled ? undefined : format;
  const type = given && upper(given.type);
  if (type !== wanted)
    refuse(
      132012,
      `header: Format mismatch, expected ${wanted ?? 'no parameter'}, received ${type ?? 'none'}`,
    );
}

function checkButtons(sent: unknown, template: Template) {
  const buttons = listOf(part(template.components, 'BUTTONS')?.buttons);
  const filled = listOf(sent)
    .filter(({ type }) => upper(type) === 'BUTTON')
    .map(({ index }) => Number(index));
  buttons.forEach((button, index) => {
    const isOpen =
      upper(button.type) === 'URL' && variablesOf(button.url).size > 0;
    if (isOpen && !filled.includes(index))
      refuse(
        131008,
        `buttons: Button at index ${index} of type Url requires a parameter`,
      );
  });
}

/** Refuses a send that its template would not take. */
export function checkTemplateMatch(
  content: Json,
  templates: TemplateStore,
  isStrict: boolean,
): void {
  const { name, language, components } = content;
  const named = templates.named(String(name));
  if (named.length === 0 && !isStrict) return;
  const code = isObject(language) ? language.code : undefined;
  const template = named.find(each => each.language === code);
  if (
    !template ||
    !['APPROVED', 'PAUSED', 'DISABLED'].includes(template.status)
  )
    refuse(
      132001,
      `template name (${String(name)}) does not exist in ${String(code)}`,
    );
  const wrong = STATUSES[template.status];
  if (wrong !== undefined)
    throw metaError(wrong, `template (${String(name)}) is ${template.status}`);
  checkBody(components, template);
  checkHeader(components, template);
  checkButtons(components, template);
}
