import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/**
 * The names that OpenFn's compiler would see in the package at `root`, in the
 * order of their declarations. It reads two files only: the one that `types`
 * of package.json names, and `Adaptor.d.ts` beside it.
 */
export function adaptorExports(root: string): string[] {
  const { types } = readPackage(root);
  if (!types) return [];
  const entry = join(root, types);
  const beside = ['Adaptor.d.ts', 'adaptor.d.ts']
    .map(name => join(dirname(entry), name))
    .filter(existsSync);
  return [...new Set([entry, ...beside].flatMap(exportsOfFile))];
}

/** The names that the compiler would see in one declaration file. */
export function exportsOf(declarations: string): string[] {
  const { statements } = ts.createSourceFile(
    'index.d.ts',
    declarations,
    ts.ScriptTarget.Latest,
  );
  const unseen = new Set(statements.flatMap(unseenDeclarations));
  return statements.flatMap(statement => [
    ...exportedFunction(statement),
    ...exportedNames(statement, unseen),
  ]);
}

const exportsOfFile = (path: string): string[] =>
  exportsOf(readFileSync(path, 'utf8'));

const readPackage = (root: string): { types?: string } =>
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    types?: string;
  };

function exportedFunction(statement: ts.Statement): string[] {
  if (!ts.isFunctionDeclaration(statement) || !statement.name) return [];
  const keywords = statement.modifiers?.map(({ kind }) => kind) ?? [];
  const isNamedExport =
    keywords.includes(ts.SyntaxKind.ExportKeyword) &&
    !keywords.includes(ts.SyntaxKind.DefaultKeyword);
  return isNamedExport ? [statement.name.text] : [];
}

/** `export { a, b as c }` and `export * as d`; types among them are seen too. */
function exportedNames(statement: ts.Statement, unseen: Set<string>): string[] {
  if (!ts.isExportDeclaration(statement)) return [];
  const { exportClause, moduleSpecifier } = statement;
  if (!exportClause) return [];
  if (ts.isNamespaceExport(exportClause)) return [exportClause.name.text];
  return exportClause.elements
    .filter(
      ({ name, propertyName }) =>
        moduleSpecifier || !unseen.has((propertyName ?? name).text),
    )
    .map(({ name }) => name.text);
}

/** Constants, classes and namespaces declared in the file itself are never seen. */
function unseenDeclarations(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) =>
      ts.isIdentifier(name) ? name.text : '',
    );
  }
  const isUnseen =
    ts.isClassDeclaration(statement) || ts.isModuleDeclaration(statement);
  return isUnseen && statement.name ? [statement.name.text] : [];
}
