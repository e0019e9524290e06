import type { SendOptions } from '../../types';
import { catalog } from '../catalog';
import { check, coerce } from '../../schema/check';
import { envelope } from '../envelope';
import type { Outgoing } from '../envelope';
import type { Names } from '../../schema/check';

/**
 * A message of plain arguments: its content is checked by the catalog, and
 * what is wrong is told in the words of these arguments.
 */
export function outgoing<Options extends SendOptions>(
  to: unknown,
  type: keyof typeof catalog,
  given: unknown,
  options: Options,
  names: Names,
): Outgoing<Options> {
  const { schema } = catalog[type];
  const content = coerce(schema, given);
  check(schema, content, type, { names });
  return envelope(to, type, content, options);
}
