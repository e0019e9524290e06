import type { FileNode } from './file-tree';
import { Unusable } from './readers';
import { nearest } from './spelling';

/** Notes what is wrong with a part of the file. */
export type Report = (node: FileNode, message: string) => void;

/** Reads a part of the file; throws `Unusable`. */
export type FieldReader<T> = (node: FileNode) => T;

export type FieldReaders<T> = { [Name in keyof T]-?: FieldReader<T[Name]> };

/**
 * Reads the values that a map gives names; what is empty or wrong is missing.
 * Undefined when it is no map.
 */
export function readFields<T extends object>(
  node: FileNode,
  readers: FieldReaders<T>,
  report: Report,
): Partial<T> | undefined {
  const known = Object.keys(readers) as (keyof T & string)[];
  if (node.type !== 'map') {
    report(node, `has to be a map, with some of ${known.join(', ')}.`);
    return undefined;
  }
  const found: Partial<T> = {};
  for (const [name, child] of node.entries) {
    const own = known.find(one => one === name);
    if (own === undefined) report(child, unknown(name, known));
    else if (!isEmpty(child)) {
      attempt(child, report, () => (found[own] = readers[own](child)));
    }
  }
  return found;
}

/** Reports what cannot be used. */
export function attempt(
  node: FileNode,
  report: Report,
  read: () => unknown,
): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    report(node, error.message);
  }
}

export const isEmpty = (node: FileNode) =>
  node.type === 'text' && node.text.trim() === '';

function unknown(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  return meant === undefined
    ? `is not known here. Write some of ${known.join(', ')}.`
    : `is not known here. Did you mean ${meant}?`;
}
