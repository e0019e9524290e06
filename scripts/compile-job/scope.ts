import type { AnyNode } from 'acorn';
import { isFunction, walk } from './tree';

/** Whether one of `scopes` declares `name`; `let` counts as `var` does. */
export const isDeclared = (name: string, scopes: AnyNode[]): boolean =>
  scopes.some(scope => namesIn(scope).has(name));

/** What opens a scope: the program, a function, a `catch`. */
export const isScope = (node: AnyNode): boolean =>
  node.type === 'Program' || node.type === 'CatchClause' || isFunction(node);

// A job has many names and few scopes, so each scope is read once.
const known = new WeakMap<AnyNode, Set<string>>();

function namesIn(scope: AnyNode): Set<string> {
  const names = known.get(scope) ?? new Set(declarationsOf(scope));
  known.set(scope, names);
  return names;
}

function declarationsOf(scope: AnyNode): string[] {
  if (scope.type === 'CatchClause') return bound(scope.param);
  const names: string[] = [];
  if (scope.type === 'FunctionExpression') names.push(...bound(scope.id));
  if ('params' in scope) names.push(...scope.params.flatMap(bound));
  walk(scope, node => {
    if (node.type === 'ImportDeclaration') {
      names.push(...node.specifiers.map(({ local }) => local.name));
    }
    if (node.type === 'VariableDeclarator') names.push(...bound(node.id));
    if (node.type === 'ClassDeclaration') names.push(...bound(node.id));
    if (node.type === 'FunctionDeclaration' && node !== scope) {
      names.push(...bound(node.id));
    }
    return node === scope || !isFunction(node);
  });
  return names;
}

/** The names that a pattern binds: `{ a, b: [c = 1], ...d }` has a, c and d. */
function bound(pattern: AnyNode | null | undefined): string[] {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern.name];
    case 'AssignmentPattern':
      return bound(pattern.left);
    case 'RestElement':
      return bound(pattern.argument);
    case 'ArrayPattern':
      return pattern.elements.flatMap(bound);
    case 'ObjectPattern':
      return pattern.properties.flatMap(bound);
    case 'Property':
      return bound(pattern.value);
    default:
      return [];
  }
}
