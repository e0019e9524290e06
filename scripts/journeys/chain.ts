import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** The longest chain of imports in a folder, from the top to the ground. */
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

/** The files that a file imports for values: those that its compiled form loads. */
const importsOf = (file: string): string[] =>
  ts
    .createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest)
    .statements.filter(loadsModule)
    .map(({ moduleSpecifier }) => (moduleSpecifier as ts.StringLiteral).text)
    .filter(name => name.startsWith('.') && !name.endsWith('.json'))
    .map(name => `${join(dirname(file), name).replaceAll('\\', '/')}.ts`);

type Link = ts.ImportDeclaration | ts.ExportDeclaration;

/** Whether a statement imports or exports at least one value of a module. */
function loadsModule(statement: ts.Statement): statement is Link {
  if (ts.isImportDeclaration(statement)) {
    const { importClause } = statement;
    if (!importClause) return true;
    const { isTypeOnly, name, namedBindings } = importClause;
    return !isTypeOnly && (name !== undefined || hasValue(namedBindings));
  }
  if (!ts.isExportDeclaration(statement)) return false;
  const { moduleSpecifier, isTypeOnly, exportClause } = statement;
  return moduleSpecifier !== undefined && !isTypeOnly && hasValue(exportClause);
}

/** Whether of `{ a, type B }` at least one is a value; `*` always is. */
const hasValue = (names?: ts.NamedImportBindings | ts.NamedExportBindings) =>
  names === undefined ||
  !('elements' in names) ||
  names.elements.some(({ isTypeOnly }) => !isTypeOnly);

const longest = (chains: string[][]): string[] =>
  chains.reduce(
    (best, chain) => (chain.length > best.length ? chain : best),
    [],
  );
