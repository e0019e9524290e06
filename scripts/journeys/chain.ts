import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** The longest way along the imports of a folder, from the top to the ground. */
export function longestChain(folder: string): string[] {
  const chains = new Map<string, string[]>();
  const chainFrom = (file: string): string[] => {
    const known = chains.get(file);
    if (known) return known;
    const chain = [file, ...longest(importsOf(file).map(chainFrom))];
    chains.set(file, chain);
    return chain;
  };
  return longest(sourcesOf(folder).map(chainFrom));
}

export function sourcesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(path => join(folder, path).replaceAll('\\', '/'))
    .filter(path => path.endsWith('.ts') && !path.endsWith('.d.ts'));
}

/** The files that a file imports, for values or for types. */
const importsOf = (file: string): string[] =>
  ts
    .preProcessFile(readFileSync(file, 'utf8'))
    .importedFiles.map(({ fileName }) => fileName)
    .filter(name => name.startsWith('.') && !name.endsWith('.json'))
    .map(name => `${join(dirname(file), name).replaceAll('\\', '/')}.ts`);

const longest = (chains: string[][]): string[] =>
  chains.reduce(
    (best, chain) => (chain.length > best.length ? chain : best),
    [],
  );
