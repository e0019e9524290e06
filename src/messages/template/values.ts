import { isObject, nameOf } from '../../core/values';
import { anyList, anyObject, withRules } from '../../schema/rules';
import type { Part } from './component';
import { shortTogether } from './parts';
import { checkTemplate, refuseTemplate } from './refuse';
import { parameterOf } from './value';

/** Whose body the values fill. */
export type Body = {
  /** As people say it: `the template`. */
  owner: string;
  /** As the job has it: `values`. */
  path: string;
  /** Characters that it may have. */
  max: number;
};

/** The body, made of a list of values or of an object of named ones. */
export function bodyOf(values: unknown, body: Body): Part[] {
  const parameters = parametersOf(values, body);
  if (parameters.length === 0) return [];
  const together = withRules(anyList(anyObject()), shortTogether(body.max));
  checkTemplate(together, parameters, `The body of ${body.owner}`);
  return [{ type: 'body', parameters }];
}

function parametersOf(values: unknown, body: Body): Part[] {
  if (values === undefined || values === null) return [];
  if (Array.isArray(values)) return inOrder(values, body);
  if (isObject(values)) return byName(values, body);
  return refuseTemplate(
    `The values of ${body.owner} are ${nameOf(values)}, not a list or an object.`,
    'Give a list for {{1}} and {{2}}, as in [$.data.name], or an object for {{name}}, as in { name: $.data.name }.',
  );
}

function inOrder(values: unknown[], { owner, path, max }: Body): Part[] {
  // Not `map`, which would skip the holes of a list.
  return Array.from(values, (value, index) =>
    parameterOf(value, {
      name: `Value ${index + 1} of ${owner}`,
      path: `${path}[${index}]`,
      max,
    }),
  );
}

function byName(
  values: Record<string, unknown>,
  { owner, path, max }: Body,
): Part[] {
  return Object.entries(values).map(([name, value]) => {
    checkName(name, owner);
    const place = {
      name: `Value '${name}' of ${owner}`,
      path: `${path}.${name}`,
      max,
    };
    return { ...parameterOf(value, place), parameter_name: name };
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
