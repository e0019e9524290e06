import { dirname, resolve } from 'node:path';
import ts from 'typescript';

/** For each code, the operations whose way through the sources passes a place that names it. */
export type ErrorOperations = Map<string, string[]>;

/** What stands at the top of a file: a function, a constant, a class. */
type Declaration = ts.Node;

/**
 * Follows each operation of a file through everything that it refers to, and
 * notes which of the codes stand there.
 */
export function findErrorOperations(
  file: string,
  codes: readonly string[],
): ErrorOperations {
  const program = createProgram(file);
  const source = program.getSourceFile(file);
  if (!source) throw new Error(`No ${file}.`);
  const read = createReader(program, new Set(codes), dirname(resolve(file)));
  const found: ErrorOperations = new Map(codes.map(code => [code, []]));
  for (const operation of operationsIn(source)) {
    for (const code of read(operation)) {
      found.get(code)?.push(operation.name?.text ?? '');
    }
  }
  return found;
}

function createProgram(file: string): ts.Program {
  const path = ts.findConfigFile(dirname(file), name =>
    ts.sys.fileExists(name),
  );
  const { config } = ts.readConfigFile(path ?? '', name =>
    ts.sys.readFile(name),
  ) as { config: unknown };
  const { options } = ts.parseJsonConfigFileContent(
    config,
    ts.sys,
    dirname(path ?? ''),
  );
  return ts.createProgram([file], options);
}

const operationsIn = (source: ts.SourceFile): ts.FunctionDeclaration[] =>
  source.statements
    .filter(ts.isFunctionDeclaration)
    .filter(({ modifiers }) =>
      modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword),
    );

/** Gives the codes that a declaration, and all that it leads to, can name. */
function createReader(program: ts.Program, codes: Set<string>, root: string) {
  const checker = program.getTypeChecker();
  const known = new Map<
    Declaration,
    { own: Set<string>; next: Set<Declaration> }
  >();

  const look = (declaration: Declaration) => {
    const seen = known.get(declaration);
    if (seen) return seen;
    const found = { own: new Set<string>(), next: new Set<Declaration>() };
    known.set(declaration, found);
    const visit = (node: ts.Node): void => {
      if (ts.isTypeNode(node)) return;
      if (ts.isStringLiteral(node) && codes.has(node.text))
        found.own.add(node.text);
      if (ts.isIdentifier(node)) {
        for (const target of targetsOf(node)) found.next.add(target);
      }
      ts.forEachChild(node, visit);
    };
    visit(declaration);
    return found;
  };

  const targetsOf = (name: ts.Identifier): Declaration[] => {
    const symbol = checker.getSymbolAtLocation(name);
    if (!symbol) return [];
    const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
    const { declarations = [] } = isAlias
      ? checker.getAliasedSymbol(symbol)
      : symbol;
    return declarations.flatMap(each => topOf(each) ?? []);
  };

  /** The declaration at the top of its file that a node stands in, when it is one of our sources. */
  const topOf = (node: ts.Node): Declaration | undefined => {
    if (!resolve(node.getSourceFile().fileName).startsWith(root))
      return undefined;
    let top = node;
    while (top.parent && !ts.isSourceFile(top.parent)) {
      if (
        ts.isVariableDeclaration(top) &&
        ts.isSourceFile(top.parent.parent.parent)
      )
        return top;
      top = top.parent;
    }
    return ts.isFunctionDeclaration(top) ||
      ts.isClassDeclaration(top) ||
      ts.isVariableStatement(top)
      ? top
      : undefined;
  };

  return (start: Declaration): Set<string> => {
    const met = new Set([start]);
    for (const each of met) for (const next of look(each).next) met.add(next);
    return new Set([...met].flatMap(each => [...look(each).own]));
  };
}
