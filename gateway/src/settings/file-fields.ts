import * as v from 'valibot';
import type { FileNode } from './file-tree';
import type { Schema } from './schemas';
import { nearest } from './spelling';

/** Notes what is wrong with a part of the file. */
export type Report = (node: FileNode, message: string) => void;

/** Checks the value of a field; a function reads what reports by itself. */
export type Field<T> = Schema<T> | ((node: FileNode) => T);

export type Fields<T> = { [Name in keyof T]-?: Field<T[Name]> };

/**
 * Reads the values that a map gives names; what is empty or wrong is missing.
 * Undefined when it is no map.
 */
export function readFields<T extends object>(
  node: FileNode,
  fields: Fields<T>,
  report: Report,
): Partial<T> | undefined {
  const known = Object.keys(fields) as (keyof T & string)[];
  if (node.type !== 'map') {
    report(node, `has to be a map, with some of ${known.join(', ')}.`);
    return undefined;
  }
  const found: Partial<T> = {};
  for (const [name, child] of node.entries) {
    const own = known.find(one => one === name);
    if (own === undefined) report(child, explainUnknown(name, known));
    else if (!isEmpty(child)) {
      const value = readField(child, fields[own], report);
      if (value !== undefined) found[own] = value;
    }
  }
  return found;
}

function readField<T>(
  node: FileNode,
  field: Field<T>,
  report: Report,
): T | undefined {
  if (typeof field === 'function') return field(node);
  const result = v.safeParse(field, valueOf(node), { abortPipeEarly: true });
  if (result.success) return result.output;
  for (const { path = [], message } of result.issues) {
    report(findNode(node, path), message);
  }
  return undefined;
}

/** A value without its places: a text, a list or an object. */
function valueOf(node: FileNode): unknown {
  if (node.type === 'text') return node.text;
  if (node.type === 'list') return node.items.map(valueOf);
  const entries = [...node.entries].map(
    ([name, child]) => [name, valueOf(child)] as const,
  );
  return Object.fromEntries(entries);
}

/** The part of the file that an issue is about. */
function findNode(node: FileNode, path: v.IssuePathItem[]): FileNode {
  let found = node;
  for (const { key } of path) {
    const next =
      found.type === 'map'
        ? found.entries.get(String(key))
        : found.type === 'list'
          ? found.items[Number(key)]
          : undefined;
    if (next === undefined) return found;
    found = next;
  }
  return found;
}

const isEmpty = (node: FileNode) =>
  node.type === 'text' && node.text.trim() === '';

function explainUnknown(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  return meant === undefined
    ? `is not known here. Write some of ${known.join(', ')}.`
    : `is not known here. Did you mean ${meant}?`;
}
