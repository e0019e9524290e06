import * as v from 'valibot';
import { refuse } from './errors';

/** Refuses what was given to the simulator itself, `label`, when its schema does not take it. */
export function checkInput<Schema extends v.GenericSchema>(
  schema: Schema,
  given: unknown,
  label: string,
): asserts given is v.InferInput<Schema> {
  const result = v.safeParse(schema, given, { abortEarly: true });
  if (!result.success) refuse(131009, describe(result.issues[0], label));
}

function describe(issue: v.BaseIssue<unknown>, label: string): string {
  const path = v.getDotPath(issue);
  if (path === null) return `The ${label} ${issue.message}.`;
  // What valibot expects in the place of a field that the schema does not have.
  if (issue.expected === 'never') {
    return `The ${label} has a field ${path} that is not known.`;
  }
  const problem = issue.input === undefined ? 'is missing' : issue.message;
  return `The field ${path} of the ${label} ${problem}.`;
}
