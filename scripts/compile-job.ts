import { print } from 'recast';
import { addImports } from './compile-job/imports';
import { expandLazyState } from './compile-job/lazy-state';
import { collectOperations } from './compile-job/operations';
import type { OperationPosition } from './compile-job/operations';
import { parseJob } from './compile-job/parse';
import { deferPromises } from './compile-job/promises';

export interface CompiledJob {
  /** A module whose default export is the list of operations. */
  code: string;
  operations: OperationPosition[];
  /** Leads from the module back to the source; version 3, as a plain object. */
  map: object;
}

const COLLECTIONS = {
  name: '@openfn/language-collections',
  exports: ['collections'],
};

/**
 * Compiles a job by the rules of OpenFn's compiler, whose packages are too
 * heavy to depend on; `exports` are the names that the adaptor offers.
 */
export function compileJob(
  source: string,
  exports: string[],
  adaptor = '@openfn/language-whatsapp',
): CompiledJob {
  const file = parseJob(source);
  const { program } = file;
  expandLazyState(program);
  deferPromises(program);
  const operations = collectOperations(program);
  addImports(program, { name: adaptor, exports });
  if (source.includes('collections.')) addImports(program, COLLECTIONS);

  const printed = print(file, { sourceMapName: 'job.js.map' });
  const { code, map } = printed as Pick<CompiledJob, 'code' | 'map'>;
  return { code, map, operations };
}
