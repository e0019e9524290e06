import { editorTree } from './account/editor-tree';
import type { Entity, MetadataHelper } from './types';

/**
 * What OpenFn's editor completes: the templates of the account with their
 * languages and values, and its phone numbers.
 */
export async function metadata(
  configuration?: unknown,
  helper?: MetadataHelper,
): Promise<Entity> {
  return editorTree(configuration, helper);
}
