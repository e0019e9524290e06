import ts from 'typescript';

type Aliases = Map<string, ts.TypeAliasDeclaration>;

/** A comment that declares a typedef, with its name. */
const TYPEDEF =
  /\/\*\*\n(?: \*.*\n)*? \* @typedef \{Object\} (\w+)\n(?: \*.*\n)*? \*\//g;

/**
 * Writes each typedef of a file anew that has a type of the same name. A type
 * that adds to others is described by what it adds.
 */
export function replaceTypedefs(code: string, types: string): string {
  const aliases = readAliases(types);
  const names = new Set([...code.matchAll(TYPEDEF)].map(([, name]) => name!));
  return code.replaceAll(TYPEDEF, (old: string, name: string) => {
    const alias = aliases.get(name);
    return alias ? typedefOf(alias, aliases, names) : old;
  });
}

function readAliases(types: string): Aliases {
  const { Latest } = ts.ScriptTarget;
  const { statements } = ts.createSourceFile('types.ts', types, Latest, true);
  return new Map(
    statements
      .filter(ts.isTypeAliasDeclaration)
      .map(alias => [alias.name.text, alias]),
  );
}

function typedefOf(
  alias: ts.TypeAliasDeclaration,
  aliases: Aliases,
  names: ReadonlySet<string>,
): string {
  const lines = [
    commentOf(alias),
    `@typedef {Object} ${alias.name.text}`,
    '@public',
    ...ownMembers(alias.type).map(member => {
      const key = member.name.getText();
      const name = member.questionToken ? `[${key}]` : key;
      const type = wordFor(member.type, aliases, names);
      return `@property {${type}} ${name} - ${commentOf(member)}`;
    }),
  ];
  return ['/**', ...lines.map(line => ` * ${line}`), ' */'].join('\n');
}

/** The properties that the type itself writes down. */
function ownMembers(type: ts.TypeNode): ts.PropertySignature[] {
  if (ts.isIntersectionTypeNode(type)) {
    return type.types.filter(ts.isTypeLiteralNode).flatMap(ownMembers);
  }
  return ts.isTypeLiteralNode(type)
    ? type.members.filter(ts.isPropertySignature)
    : [];
}

function commentOf(node: ts.Node): string {
  const [comment] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const text = ts.getTextOfJSDocComment(comment?.comment) ?? '';
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** A type in jsdoc's words: `string`, `(string|Array)`, `*` for anything. */
function wordFor(
  type: ts.TypeNode | undefined,
  aliases: Aliases,
  names: ReadonlySet<string>,
): string {
  const words = [...new Set(wordsFor(type, aliases, names))];
  if (words.length === 0 || words.includes('*')) return '*';
  return words.length === 1 ? words[0]! : `(${words.join('|')})`;
}

function wordsFor(
  type: ts.TypeNode | undefined,
  aliases: Aliases,
  names: ReadonlySet<string>,
): string[] {
  const again = (inner: ts.TypeNode) => wordsFor(inner, aliases, names);
  if (type === undefined) return ['*'];
  if (ts.isUnionTypeNode(type)) return type.types.flatMap(again);
  if (ts.isParenthesizedTypeNode(type)) return again(type.type);
  if (ts.isLiteralTypeNode(type)) return LITERALS[type.literal.kind] ?? ['*'];
  if (ts.isTypeReferenceNode(type)) {
    const name = type.typeName.getText();
    if (names.has(name)) return [name];
    const alias = aliases.get(name);
    return alias ? again(alias.type) : ['Object'];
  }
  return WORDS[type.kind] ?? ['Object'];
}

/** `null` is like leaving an option out, so it has no word. */
const LITERALS: { [kind in ts.SyntaxKind]?: string[] } = {
  [ts.SyntaxKind.StringLiteral]: ['string'],
  [ts.SyntaxKind.NumericLiteral]: ['number'],
  [ts.SyntaxKind.TrueKeyword]: ['boolean'],
  [ts.SyntaxKind.FalseKeyword]: ['boolean'],
  [ts.SyntaxKind.NullKeyword]: [],
};

const WORDS: { [kind in ts.SyntaxKind]?: string[] } = {
  [ts.SyntaxKind.UndefinedKeyword]: [],
  [ts.SyntaxKind.UnknownKeyword]: ['*'],
  [ts.SyntaxKind.StringKeyword]: ['string'],
  [ts.SyntaxKind.NumberKeyword]: ['number'],
  [ts.SyntaxKind.BooleanKeyword]: ['boolean'],
  [ts.SyntaxKind.ArrayType]: ['Array'],
  [ts.SyntaxKind.TypeOperator]: ['Array'],
  [ts.SyntaxKind.FunctionType]: ['Function'],
};
