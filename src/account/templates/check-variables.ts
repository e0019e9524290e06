import { variablesIn } from './requirements';
import { isObject, isQuotable, objectsIn } from '../../core/values';
import { refuseTemplate } from '../../messages/plain/template/fields';

/** Where Meta wants the examples of a text. */
export type Examples = {
  /** Such as `body_text` and `body_text_named_params`. */
  counted: string;
  named: string;
  /** Whether Meta wants the counted ones in a list within a list. */
  isNested: boolean;
};

/** Checks how the variables of a text are written, and that each has an example. */
export function checkVariables(
  text: string,
  example: unknown,
  at: string,
  examples: Examples,
): void {
  checkBraces(text, at);
  const variables = variablesIn(text);
  if (variables.length === 0) return;
  if (areCounted(variables)) checkOrder(variables, at);
  else checkNames(variables, at);
  checkExamples(variables, example, at, examples);
}

/** Whether variables are `{{1}}` rather than `{{name}}`. */
export const areCounted = (variables: readonly string[]): boolean =>
  variables.every(name => /^\d+$/.test(name));

/** The variables of all texts of a definition; the addresses of buttons count for themselves. */
export function variablesOf(components: unknown): string[] {
  return objectsIn(components).flatMap(({ text, cards }) => [
    ...variablesIn(text),
    ...objectsIn(cards).flatMap(card => variablesOf(card['components'])),
  ]);
}

/** What is left of the text without its variables must have no braces of one. */
function checkBraces(text: string, at: string): void {
  const rest = text.replaceAll(/\{\{\w+\}\}/g, '');
  if (!/\{\{|\}\}/.test(rest)) return;
  refuseTemplate(
    `${at} has a variable that is not written as one.`,
    'Write it as {{1}} or {{name}}, without spaces inside.',
  );
}

function checkOrder(variables: readonly string[], at: string): void {
  const gap = variables.findIndex((name, index) => name !== String(index + 1));
  if (gap === -1) return;
  refuseTemplate(
    `${at} has no {{${gap + 1}}}, but a later variable.`,
    'Number the variables from {{1}} on, without a gap.',
  );
}

function checkNames(variables: readonly string[], at: string): void {
  const wrong = variables.find(name => !/^[a-z_][a-z0-9_]*$/.test(name));
  if (wrong === undefined) return;
  refuseTemplate(
    /^\d+$/.test(wrong)
      ? `${at} has both numbered and named variables.`
      : `${at} has ${isQuotable(wrong) ? `the variable {{${wrong}}}` : 'a variable'}, which is no name that WhatsApp takes.`,
    'Use lower case letters and underscores, as in {{visit_date}}, for all variables or for none.',
  );
}

function checkExamples(
  variables: readonly string[],
  example: unknown,
  at: string,
  { counted, named, isNested }: Examples,
): void {
  const given = isObject(example) ? example : {};
  const without = areCounted(variables)
    ? variables.slice(countOf(given[counted]))
    : variables.filter(name => !isExampleOf(given[named], name));
  if (without.length === 0) return;
  const shown = isNested ? "[['Amina', '3 May']]" : "['Amina']";
  refuseTemplate(
    `${at} has no example for ${without.map(name => `{{${name}}}`).join(', ')}.`,
    areCounted(variables)
      ? `Meta reviews a template with examples: add example: { ${counted}: ${shown} } beside the text.`
      : `Meta reviews a template with examples: add example: { ${named}: [{ param_name: '${without[0]}', example: '…' }] } beside the text.`,
  );
}

/** Meta's own pages have a list in a list, a list, and for one variable a mere text. */
function countOf(given: unknown): number {
  const list =
    Array.isArray(given) && Array.isArray(given[0]) ? given[0] : given;
  if (Array.isArray(list)) return list.length;
  return typeof list === 'string' ? 1 : 0;
}

const isExampleOf = (given: unknown, name: string): boolean =>
  Array.isArray(given) &&
  given.some(
    each =>
      isObject(each) &&
      each['param_name'] === name &&
      each['example'] !== undefined,
  );
