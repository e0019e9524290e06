import { execFileSync } from 'node:child_process';
import { basename } from 'node:path';

/** A value that an operation takes, or that options hold. */
export type Item = {
  name: string;
  types: string[];
  description: string;
};

/** A public function. */
export type Documented = {
  /** The file that exports it, without its ending. */
  file: string;
  name: string;
  description: string;
  params: Item[];
  examples: { caption: string; code: string }[];
  /** What it leaves on state: the text of each `@state`. */
  state: string[];
  links: string[];
};

export type Typedef = { name: string; description: string; items: Item[] };

/** A part of what `jsdoc -X` prints. */
type Doclet = {
  kind: string;
  name: string;
  access?: string;
  description?: string;
  properties?: DocletItem[];
  params?: DocletItem[];
  examples?: string[];
  tags?: { title: string; text: string }[];
  see?: string[];
  meta?: { filename: string };
};
type DocletItem = {
  name: string;
  type?: { names: string[] };
  description?: string;
};

/** What the comments of these JavaScript files say of what is public. */
export function readComments(files: string[]) {
  const doclets = runJsdoc(files).filter(({ access }) => access === 'public');
  const ofKind = (wanted: string) =>
    doclets.filter(({ kind }) => kind === wanted);
  return {
    functions: ofKind('function').map(asFunction),
    typedefs: ofKind('typedef').map(asTypedef),
  };
}

function runJsdoc(files: string[]): Doclet[] {
  const jsdoc = ['node_modules/jsdoc/jsdoc.js', '--explain', ...files];
  const output = execFileSync(process.execPath, jsdoc, {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  return JSON.parse(output) as Doclet[];
}

const asFunction = (doclet: Doclet): Documented => ({
  file: basename(doclet.meta?.filename ?? '', '.js'),
  name: doclet.name,
  description: doclet.description ?? '',
  params: (doclet.params ?? []).map(asItem),
  examples: (doclet.examples ?? []).map(asExample),
  state: (doclet.tags ?? [])
    .filter(({ title }) => title === 'state')
    .map(({ text }) => text),
  links: doclet.see ?? [],
});

const asTypedef = (doclet: Doclet): Typedef => ({
  name: doclet.name,
  description: doclet.description ?? '',
  items: (doclet.properties ?? []).map(asItem),
});

const asItem = (item: DocletItem): Item => ({
  name: item.name,
  types: item.type?.names ?? [],
  description: item.description ?? '',
});

function asExample(text: string) {
  const [, caption = '', code = text] =
    /^<caption>(.*?)<\/caption>\s*(.*)$/s.exec(text) ?? [];
  return { caption, code };
}
