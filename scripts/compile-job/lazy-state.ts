import type {
  AnyNode,
  Expression,
  Identifier,
  MemberExpression,
  Program,
} from 'acorn';
import { isDeclared } from './scope';
import { arrow, isFunction, isTopLevelObject, replace, walk } from './tree';

/** `$.a`, where `$` is the state: the member and its ancestors, nearest first. */
type Reference = [member: Lazy, ...ancestors: AnyNode[]];
type Lazy = MemberExpression & { object: Identifier };

const LAZY_STATE = 'Lazy State Error';

/** Makes `$.a.b` a function of state, wrapped around the argument of the nearest call. */
export function expandLazyState(program: Program): void {
  const places = new Map<AnyNode, AnyNode>();
  for (const reference of findReferences(program)) {
    const { node, parent } = placeOf(reference);
    if (!takesState(node, reference[0])) places.set(node, parent);
    reference[0].object.name = 'state';
  }
  for (const [node, parent] of places) {
    replace(parent, node, arrow('state', node as Expression));
  }
}

function findReferences(program: Program): Reference[] {
  const references: Reference[] = [];
  walk(program, (node, ancestors) => {
    if (isTopLevelObject(node, ancestors)) return false;
    if (isLazy(node) && !isDeclared('$', ancestors.filter(isFunction))) {
      references.push([node, ...ancestors]);
    }
  });
  return references;
}

const isLazy = (node: AnyNode): node is Lazy =>
  node.type === 'MemberExpression' &&
  node.object.type === 'Identifier' &&
  node.object.name === '$';

/** The child of the nearest call that becomes a function, and where it stands. */
function placeOf(path: Reference): { node: AnyNode; parent: AnyNode } {
  const index = path.findIndex(
    node => node.type === 'CallExpression' || isStatement(node),
  );
  const [node, parent, grandparent] = path.slice(index - 1);
  if (!node || !grandparent || parent?.type !== 'CallExpression') {
    throw failure(`${LAZY_STATE}: Must be inside an operation`, path[0]);
  }
  // In `$.items()` the call itself reads the state.
  const isMethodOfState = parent.callee === path[0];
  return isMethodOfState
    ? { node: parent, parent: grandparent }
    : { node, parent };
}

const isStatement = (node: AnyNode): boolean =>
  /(Statement|Declaration|Definition|ClassBody|StaticBlock)$/.test(node.type);

/** Whether `node` is a function of state already; throws when it cannot become one. */
function takesState(node: AnyNode, at: Lazy): boolean {
  if (node.type === 'SpreadElement') {
    throw failure('a node that cannot be wrapped (SpreadElement)', at);
  }
  if (node.type !== 'ArrowFunctionExpression') return false;

  const [parameter, ...others] = node.params;
  if (!parameter || others.length > 0) {
    throw failure(`${LAZY_STATE}: parent has wrong arity`, at);
  }
  const name = parameter.type === 'Identifier' ? parameter.name : undefined;
  if (name !== 'state') {
    throw failure(
      `${LAZY_STATE}: parameter "${name}" should be called "state"`,
      at,
    );
  }
  return true;
}

function failure(message: string, { loc }: Lazy): Error {
  const position = loc ? ` (${loc.start.line}:${loc.start.column})` : '';
  return new Error(`${message}${position}`);
}
