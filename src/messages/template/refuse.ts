import type * as v from 'valibot';
import { refuse } from '../../core/errors';
import { check } from '../../schema/check';

// How the plain arguments of a template are refused.

const code = 'INVALID_TEMPLATE';

export function refuseTemplate(description: string, fix: string): never {
  return refuse(code, description, fix);
}

/** Checks a part of the arguments by the schema of what it becomes. */
export function checkTemplate<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  at: string,
): asserts value is v.InferInput<Schema> {
  check(schema, value, at, { code });
}
