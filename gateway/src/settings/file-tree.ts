import {
  LineCounter,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  visit,
} from 'yaml';
import type { Document, Node } from 'yaml';

/** A part of a file, with the place to name when it is wrong. */
export type FileNode = { path: string; line: number } & (
  | { type: 'text'; text: string }
  | { type: 'list'; items: FileNode[] }
  | { type: 'map'; entries: Map<string, FileNode> }
);

/** Reads YAML, and so JSON. Every value is text, so that no ID loses its digits. */
export function readTree(text: string): {
  root?: FileNode;
  problems: string[];
} {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    ...{ schema: 'failsafe', prettyErrors: false, lineCounter: lines },
  });
  const lineOf = (offset: number) => lines.linePos(offset).line;
  const problems = document.errors.map(
    ({ pos, message }) => `line ${lineOf(pos[0])}: ${message}`,
  );
  problems.push(...findAliasProblems(document, lineOf));
  if (problems.length > 0) return { problems };
  const { contents } = document;
  if (contents === null) return { problems: ['The file is empty.'] };
  return { root: convert(contents, '', document, lineOf), problems };
}

/** An alias stands for what comes before it; inside of that it would have no end. */
function findAliasProblems(
  document: Document.Parsed,
  lineOf: (offset: number) => number,
): string[] {
  const problems: string[] = [];
  visit(document, {
    Alias(_key, alias, path) {
      const { source, range } = alias;
      const node = alias.resolve(document);
      const place = `line ${lineOf(range?.[0] ?? 0)}: *${source}`;
      if (node === undefined) {
        problems.push(`${place} has no &${source} before it.`);
      } else if (path.includes(node)) {
        problems.push(`${place} is a part of &${source} itself.`);
      }
    },
  });
  return problems;
}

function convert(
  given: Node,
  path: string,
  document: Document.Parsed,
  lineOf: (offset: number) => number,
): FileNode {
  const node = (isAlias(given) ? given.resolve(document) : given) as Node;
  const place = { path, line: lineOf(given.range?.[0] ?? 0) };
  const inner = (child: unknown, name: string): FileNode =>
    child === null || child === undefined
      ? { type: 'text', text: '', path: name, line: place.line }
      : convert(child as Node, name, document, lineOf);
  if (isSeq(node)) {
    const items = node.items.map((item, i) => inner(item, `${path}[${i}]`));
    return { ...place, type: 'list', items };
  }
  if (isMap(node)) {
    const entries = node.items.map(({ key, value }) => {
      const name = isScalar(key) ? String(key.value) : '';
      const child = inner(value, path === '' ? name : `${path}.${name}`);
      // The line of the name is where people look.
      const offset = isScalar(key) ? key.range?.[0] : undefined;
      return [name, { ...child, line: lineOf(offset ?? 0) }] as const;
    });
    return { ...place, type: 'map', entries: new Map(entries) };
  }
  return {
    ...place,
    type: 'text',
    text: String((node as { value?: unknown }).value ?? ''),
  };
}
