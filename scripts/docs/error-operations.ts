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

type Context = {
  checker: ts.TypeChecker;
  codes: Set<string>;
  /** The folder of our sources. */
  root: string;
};

/** What a declaration names itself, and what it refers to. */
type Found = { own: Set<string>; next: Set<Declaration> };

/** Gives the codes that a declaration, and all that it leads to, can name. */
function createReader(program: ts.Program, codes: Set<string>, root: string) {
  const context = { checker: program.getTypeChecker(), codes, root };
  const known = new Map<Declaration, Found>();
  const look = (declaration: Declaration): Found => {
    const found = known.get(declaration) ?? lookAt(declaration, context);
    known.set(declaration, found);
    return found;
  };
  return (start: Declaration): Set<string> => {
    const met = new Set([start]);
    for (const each of met) for (const next of look(each).next) met.add(next);
    return new Set([...met].flatMap(each => [...look(each).own]));
  };
}

function lookAt(declaration: Declaration, context: Context): Found {
  const found: Found = { own: new Set(), next: new Set() };
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node)) return;
    if (ts.isStringLiteral(node) && context.codes.has(node.text)) {
      found.own.add(node.text);
    }
    if (ts.isIdentifier(node)) {
      for (const target of targetsOf(node, context)) found.next.add(target);
    }
    ts.forEachChild(node, visit);
  };
  visit(declaration);
  return found;
}

function targetsOf(
  name: ts.Identifier,
  { checker, root }: Context,
): Declaration[] {
  const symbol = ts.isShorthandPropertyAssignment(name.parent)
    ? checker.getShorthandAssignmentValueSymbol(name.parent)
    : checker.getSymbolAtLocation(name);
  if (!symbol) return [];
  const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
  const target = isAlias ? checker.getAliasedSymbol(symbol) : symbol;
  return (target.declarations ?? []).flatMap(each => topOf(each, root) ?? []);
}

/** The declaration at the top of its file that a node stands in, when it is one of our sources. */
function topOf(node: ts.Node, root: string): Declaration | undefined {
  const path = resolve(node.getSourceFile().fileName);
  if (!path.startsWith(root)) return undefined;
  let top = node;
  while (top.parent && !ts.isSourceFile(top.parent)) {
    if (isTopVariable(top)) return top;
    top = top.parent;
  }
  return ts.isFunctionDeclaration(top) || ts.isClassDeclaration(top)
    ? top
    : undefined;
}

const isTopVariable = (node: ts.Node): boolean =>
  ts.isVariableDeclaration(node) && ts.isSourceFile(node.parent.parent.parent);
