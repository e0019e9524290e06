import type {
  AnyNode,
  CallExpression,
  Identifier,
  ImportDeclaration,
  ImportSpecifier,
  Literal,
  MemberExpression,
  Program,
} from 'acorn';
import {
  arrow,
  call,
  identifier,
  isFunction,
  made,
  replace,
  walk,
} from './tree';

/** `<operation>.then(..)` or `<operation>.catch(..)`. */
type Link = CallExpression & {
  callee: MemberExpression & { property: Identifier; object: CallExpression };
};

/** Makes `op().then(f)` and `op().catch(f)`, which operations cannot do, calls of `_defer`. */
export function deferPromises(program: Program): void {
  const chains = findChains(program);
  for (const [chain, parent] of chains) replace(parent, chain, defer(chain));
  if (chains.length > 0) importDefer(program);
}

/** The outermost links outside any function or block, each with its parent. */
function findChains(program: Program): [Link, AnyNode][] {
  const chains: [Link, AnyNode][] = [];
  walk(program, (node, [parent]) => {
    if (isFunction(node) || node.type === 'BlockStatement') return false;
    if (!parent || !isLink(node)) return;
    chains.push([node, parent]);
    return false;
  });
  return chains;
}

const isLink = (node: AnyNode): node is Link =>
  node.type === 'CallExpression' &&
  node.callee.type === 'MemberExpression' &&
  node.callee.property.type === 'Identifier' &&
  /^(then|catch)$/.test(node.callee.property.name) &&
  node.callee.object.type === 'CallExpression';

function defer(chain: Link): CallExpression {
  const links = linksOf(chain);
  const first = links.at(-1) ?? chain;
  const operation = first.callee.object;
  // A catch on the operation itself gets the state too; it leaves the chain.
  const isCatch = first.callee.property.name === 'catch';
  const rest = (isCatch ? links.slice(0, -1) : links).at(-1);
  if (rest) replace(rest.callee, rest.callee.object, identifier('p'));

  const complete = rest ? arrow('p', chain) : identifier('undefined');
  const handler = isCatch ? first.arguments.slice(0, 1) : [];
  return call('_defer', [operation, complete, ...handler]);
}

/** The links of a chain, the last one first. */
function linksOf(chain: Link): Link[] {
  const { object } = chain.callee;
  return isLink(object) ? [chain, ...linksOf(object)] : [chain];
}

function importDefer({ body }: Program): void {
  const afterImports = body.findIndex(
    node => node.type !== 'ImportDeclaration',
  );
  body.splice(
    afterImports,
    0,
    made<ImportDeclaration>({
      type: 'ImportDeclaration',
      specifiers: [
        made<ImportSpecifier>({
          type: 'ImportSpecifier',
          imported: identifier('defer'),
          local: identifier('_defer'),
        }),
      ],
      source: made<Literal>({ type: 'Literal', value: '@openfn/runtime' }),
      attributes: [],
    }),
  );
}
