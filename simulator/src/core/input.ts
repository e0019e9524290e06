import * as v from 'valibot';
import { refuse } from './errors';

/** Refuses what was given to the simulator itself when its schema does not take it. */
export function checkInput<Schema extends v.GenericSchema>(
  schema: Schema,
  given: unknown,
  label: string,
): asserts given is v.InferInput<Schema> {
  const result = v.safeParse(schema, given, { abortEarly: true });
  if (result.success) return;
  const issue = result.issues[0];
  const path = v.getDotPath(issue);
  const place = path === null ? label : `${label}: ${path}`;
  refuse(131009, `${place} ${issue.message}.`);
}
