import type {
  AnyNode,
  ArrowFunctionExpression,
  CallExpression,
  Identifier,
} from 'acorn';

/** Sees a node and its ancestors, the nearest first; `false` skips the children. */
export type Visitor = (node: AnyNode, ancestors: AnyNode[]) => boolean | void;

/** Visits every node below and including `node`, parents first. */
export function walk(
  node: AnyNode,
  visit: Visitor,
  ancestors: AnyNode[] = [],
): void {
  if (visit(node, ancestors) === false) return;
  const path = [node, ...ancestors];
  for (const child of childrenOf(node)) walk(child, visit, path);
}

/** Puts another node in the place that `child` has in `parent`. */
export function replace(parent: AnyNode, child: AnyNode, by: AnyNode): void {
  const fields = parent as unknown as Record<string, unknown>;
  for (const [key, value] of Object.entries(fields)) {
    if (value === child) fields[key] = by;
    if (Array.isArray(value) && value.includes(child)) {
      value[value.indexOf(child)] = by;
    }
  }
}

export const isFunction = (node: AnyNode) =>
  /^(ArrowFunctionExpression|Function(Declaration|Expression))$/.test(
    node.type,
  );

/** An object that is the whole value of a top-level variable; the compiler looks past it. */
export function isTopLevelObject(node: AnyNode, ancestors: AnyNode[]): boolean {
  const [declarator, , program] = ancestors;
  return (
    node.type === 'ObjectExpression' &&
    declarator?.type === 'VariableDeclarator' &&
    program?.type === 'Program'
  );
}

export const identifier = (name: string) =>
  made<Identifier>({ type: 'Identifier', name });

export const call = (
  name: string,
  args: CallExpression['arguments'],
): CallExpression =>
  made({
    type: 'CallExpression',
    callee: identifier(name),
    arguments: args,
    optional: false,
  });

/** `parameter => body`. */
export const arrow = (
  parameter: string,
  body: ArrowFunctionExpression['body'],
): ArrowFunctionExpression =>
  made({
    type: 'ArrowFunctionExpression',
    params: [identifier(parameter)],
    body,
    expression: true,
    generator: false,
    async: false,
  });

/** A node that stands nowhere in the source, so the printer writes it anew. */
export const made = <T extends AnyNode>(fields: Omit<T, 'start' | 'end'>): T =>
  ({ ...fields, start: 0, end: 0 }) as T;

const childrenOf = (node: AnyNode): AnyNode[] =>
  Object.values(node).flat().filter(isNode);

const isNode = (value: unknown): value is AnyNode =>
  typeof (value as AnyNode | null | undefined)?.type === 'string';
