import type { LoadHook } from 'node:module';
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { instrument } from './instrument';

// Hooks of Node.js for modules: each function of these sources says when it runs.

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SOURCES = /^(gateway\/)?src\//;

export const load: LoadHook = async (url, context, nextLoad) => {
  const result = await nextLoad(url, context);
  const file = sourceAt(url);
  if (file === undefined || !result.source) return result;
  const text =
    typeof result.source === 'string'
      ? result.source
      : new TextDecoder().decode(result.source);
  return { ...result, source: instrument(text, file) };
};

/** The path of a source file from the root of the repository. */
function sourceAt(url: string): string | undefined {
  const [address = ''] = url.split('?');
  if (!address.startsWith('file:') || !/\.tsx?$/.test(address))
    return undefined;
  const path = relative(ROOT, fileURLToPath(address)).replaceAll(sep, '/');
  return SOURCES.test(path) ? path : undefined;
}
