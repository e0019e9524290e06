import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** A property of a type: what the comment says of it, and what it holds. */
export type Property = {
  name: string;
  type: ts.TypeNode | undefined;
  isOptional: boolean;
  says: string;
};

type Aliases = Map<string, ts.TypeAliasDeclaration>;

/** Reads the types of a file that imports nothing. */
export function readTypes(path: string) {
  const aliases = readAliases(path);
  const need = (name: string): ts.TypeAliasDeclaration => {
    const alias = aliases.get(name);
    if (alias === undefined) throw new Error(`${path} has no type ${name}.`);
    return alias;
  };
  return {
    says: (name: string) => commentOf(need(name)),
    properties: (name: string) => propertiesIn(aliases, need(name).type),
    rows: (name: string) => rowsIn(aliases, need(name).type),
    rowsIn: (type?: ts.TypeNode) => rowsIn(aliases, type),
  };
}

function readAliases(path: string): Aliases {
  const text = readFileSync(path, 'utf8');
  const { statements } = ts.createSourceFile(
    path,
    text,
    ts.ScriptTarget.Latest,
    true,
  );
  return new Map(
    statements
      .filter(ts.isTypeAliasDeclaration)
      .map(alias => [alias.name.text, alias]),
  );
}

/** The properties of an object, also of one that is put together. */
function propertiesIn(aliases: Aliases, type?: ts.TypeNode): Property[] {
  if (type === undefined) return [];
  if (ts.isTypeLiteralNode(type)) {
    return type.members.filter(ts.isPropertySignature).map(asProperty);
  }
  if (ts.isIntersectionTypeNode(type)) {
    return type.types.flatMap(part => propertiesIn(aliases, part));
  }
  if (!ts.isTypeReferenceNode(type)) return [];
  return propertiesIn(aliases, aliases.get(type.typeName.getText())?.type);
}

/** Rows of a table: the name with its path, the type, the meaning. */
function rowsIn(aliases: Aliases, type?: ts.TypeNode, path = ''): string[][] {
  return propertiesIn(aliases, type).flatMap(property => {
    const name = path + property.name;
    const [inner, mark] = innerOf(property.type);
    return [
      [name, wordFor(property.type), property.says],
      ...rowsIn(aliases, inner, `${name}${mark}.`),
    ];
  });
}

const asProperty = (member: ts.PropertySignature): Property => ({
  name: member.name.getText(),
  type: member.type,
  isOptional: member.questionToken !== undefined,
  says: commentOf(member),
});

function commentOf(node: ts.Node): string {
  const [comment] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const text = ts.getTextOfJSDocComment(comment?.comment) ?? '';
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** What a property holds, or each item of its list. */
function innerOf(type?: ts.TypeNode): [ts.TypeNode | undefined, string] {
  return type !== undefined && ts.isArrayTypeNode(type)
    ? [type.elementType, '[]']
    : [type, ''];
}

const isText = (type: ts.TypeNode): boolean =>
  ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal);

/** The type in a word: whoever reads the page need not know TypeScript. */
function wordFor(type?: ts.TypeNode): string {
  if (type === undefined) return '';
  if (ts.isArrayTypeNode(type)) return 'list';
  if (ts.isUnionTypeNode(type)) {
    return [...new Set(type.types.map(wordFor))].join(' or ');
  }
  if (isText(type)) return 'text';
  const written = type.getText();
  const words: Record<string, string> = {
    string: 'text',
    boolean: 'true or false',
    unknown: 'anything',
    ContactsContent: 'list',
  };
  if (/^(number|null)$/.test(written)) return written;
  return words[written] ?? 'object';
}
