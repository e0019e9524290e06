import ts from 'typescript';

type Insertion = { at: number; text: string };

/** The same module, whose functions call `globalThis.__ran(file)` when they run. */
export function instrument(source: string, file: string): string {
  const call = `globalThis.__ran?.(${JSON.stringify(file)})`;
  const insertions = bodiesOf(parse(source)).flatMap(body =>
    insertionsFor(body, call),
  );
  return insert(source, insertions);
}

const parse = (source: string): ts.SourceFile =>
  ts.createSourceFile('module.ts', source, ts.ScriptTarget.Latest, true);

/** The bodies of all functions, methods and accessors. */
function bodiesOf(node: ts.Node): ts.ConciseBody[] {
  const bodies: ts.ConciseBody[] = [];
  const visit = (child: ts.Node) => {
    if (ts.isFunctionLike(child) && 'body' in child && child.body) {
      bodies.push(child.body);
    }
    ts.forEachChild(child, visit);
  };
  visit(node);
  return bodies;
}

function insertionsFor(body: ts.ConciseBody, call: string): Insertion[] {
  const start = body.getStart();
  if (ts.isBlock(body)) return [{ at: start + 1, text: `${call};` }];
  return [
    { at: start, text: `(${call},(` },
    { at: body.end, text: '))' },
  ];
}

function insert(source: string, insertions: Insertion[]): string {
  const sorted = insertions.toSorted((a, b) => a.at - b.at);
  let result = '';
  let from = 0;
  for (const { at, text } of sorted) {
    result += source.slice(from, at) + text;
    from = at;
  }
  return result + source.slice(from);
}
