import type {
  AnyNode,
  ExportAllDeclaration,
  ImportDeclaration,
  ImportSpecifier,
  Literal,
  Program,
} from 'acorn';
import { mayBeGlobal } from './globals';
import { isDeclared, isScope } from './scope';
import { identifier, isTopLevelObject, made, walk } from './tree';

export interface Adaptor {
  name: string;
  /** What the adaptor is known to export; when empty, every name may be its. */
  exports: string[];
}

/** Imports what the job uses of the adaptor and does not declare, and exports all of it. */
export function addImports(program: Program, adaptor: Adaptor): void {
  const undeclared = findUndeclared(program);
  const names =
    adaptor.exports.length > 0
      ? adaptor.exports.filter(name => undeclared.has(name))
      : [...undeclared].filter(name => !mayBeGlobal(name));
  if (names.length === 0) return;
  program.body.unshift(
    importNames(names, adaptor.name),
    exportAll(adaptor.name),
  );
}

function findUndeclared(program: Program): Set<string> {
  const names = new Set<string>();
  walk(program, (node, ancestors) => {
    if (isTopLevelObject(node, ancestors)) return false;
    if (node.type === 'ImportDeclaration') return false;
    if (node.type !== 'Identifier' || isProperty(node, ancestors)) return;
    if (isKey(node.name, ancestors[0])) return;
    if (!isDeclared(node.name, ancestors.filter(isScope))) names.add(node.name);
  });
  return names;
}

/** Whether the node is, or starts, the property of a member: `b` in `a.b`, `a[b]`, `a[b.c]`. */
function isProperty(node: AnyNode, [parent, ...others]: AnyNode[]): boolean {
  if (parent?.type !== 'MemberExpression') return false;
  return parent.property === node || isProperty(parent, others);
}

/** Whether a name stands in a property with that key, so `{ a }` and `{ a: a }` do not count. */
const isKey = (name: string, parent?: AnyNode): boolean =>
  !!parent &&
  'key' in parent &&
  parent.key.type === 'Identifier' &&
  parent.key.name === name;

const importNames = (names: string[], from: string) =>
  made<ImportDeclaration>({
    type: 'ImportDeclaration',
    specifiers: names.map(importName),
    source: literal(from),
    attributes: [],
  });

const importName = (name: string) =>
  made<ImportSpecifier>({
    type: 'ImportSpecifier',
    imported: identifier(name),
    local: identifier(name),
  });

const exportAll = (from: string) =>
  made<ExportAllDeclaration>({
    type: 'ExportAllDeclaration',
    exported: null,
    source: literal(from),
    attributes: [],
  });

const literal = (value: string) => made<Literal>({ type: 'Literal', value });
