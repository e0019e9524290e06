import type {
  ArrayExpression,
  CallExpression,
  ExportDefaultDeclaration,
  ExpressionStatement,
  Program,
} from 'acorn';
import { made } from './tree';

/** What an error report can say of an operation of the job. */
export interface OperationPosition {
  name?: string;
  line: number;
  order: number;
}

type Statement = Program['body'][number];
type OperationStatement = ExpressionStatement & { expression: CallExpression };

/** Moves the calls at the top level into `export default [..]`, in their order. */
export function collectOperations(program: Program): OperationPosition[] {
  const list = operationList(program);
  if (!list) return [];

  const operations = program.body.filter(isOperation);
  program.body = program.body.filter(statement => !isOperation(statement));
  list.elements.push(...operations.map(({ expression }) => expression));
  return operations.map(({ expression }, index) => ({
    ...nameOf(expression),
    line: expression.loc?.start.line ?? -1,
    order: index + 1,
  }));
}

/** The default export, added when there is none; it counts only as the last statement. */
function operationList({ body }: Program): ArrayExpression | undefined {
  if (!body.some(({ type }) => type === 'ExportDefaultDeclaration')) {
    body.push(emptyList());
  }
  const last = body.at(-1);
  return last?.type === 'ExportDefaultDeclaration' &&
    last.declaration.type === 'ArrayExpression'
    ? last.declaration
    : undefined;
}

const emptyList = () =>
  made<ExportDefaultDeclaration>({
    type: 'ExportDefaultDeclaration',
    declaration: made<ArrayExpression>({
      type: 'ArrayExpression',
      elements: [],
    }),
  });

const isOperation = (node: Statement): node is OperationStatement =>
  node.type === 'ExpressionStatement' &&
  node.expression.type === 'CallExpression';

const nameOf = ({ callee }: CallExpression): { name?: string } =>
  callee.type === 'Identifier' ? { name: callee.name } : {};
