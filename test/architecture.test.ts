import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import ts from 'typescript';

// From the ground up. An import leads to a layer further down, or stays in its folder.
const LAYERS = [
  ['core'],
  ['schema', 'recipients'],
  ['graph', 'messages', 'events'],
  ['media'],
  ['account'],
  ['broadcast'],
  ['public files'],
  ['index.ts'],
];

// Parts inside a folder that know nothing of it, and the folders that they import.
const PARTS: Record<string, string[]> = { 'broadcast/pacing': ['core'] };

type Import = { from: string; to: string };

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map(path => path.replaceAll('\\', '/'))
  .filter(path => path.endsWith('.ts') && !path.endsWith('.d.ts'));
const imports = files.flatMap(file => importsOf(file));

describe('the imports of src', () => {
  it('are found', () => {
    expect(imports).to.deep.include.members([
      { from: 'index.ts', to: 'Adaptor.ts' },
      { from: 'core/operation.ts', to: 'core/common.ts' },
      { from: 'core/operation.ts', to: 'types.ts' },
    ]);
  });

  it('lead to files of src', () => {
    expect(imports.filter(({ to }) => !files.includes(to))).to.deep.equal([]);
  });

  it('point down, or stay in their folder', () => {
    expect(imports.filter(isUpward).map(asText)).to.deep.equal([]);
  });

  it('lead out of a part to what it may know', () => {
    const isForeign = (
      [part, known]: [string, string[]],
      { from, to }: Import,
    ) =>
      from.startsWith(`${part}/`) &&
      !to.startsWith(`${part}/`) &&
      !known.includes(folderOf(to));
    const found = Object.entries(PARTS).flatMap(part =>
      imports.filter(each => isForeign(part, each)),
    );

    expect(found.map(asText)).to.deep.equal([]);
  });

  it('make no circle, not even of types', () => {
    expect(findCircle()).to.equal(undefined);
  });

  it('are none in types.ts, so that an editor can load it alone', () => {
    expect(importsOf('types.ts')).to.deep.equal([]);
  });
});

describe('a folder of src', () => {
  it('has its layer', () => {
    expect(LAYERS.flat()).to.include.members(files.map(folderOf));
  });

  it('has its parts', () => {
    for (const part of Object.keys(PARTS)) {
      expect(files.some(file => file.startsWith(`${part}/`))).to.equal(true);
    }
  });
});

describe('the imports of the gateway', () => {
  it('lead to the public files of src only', () => {
    const found = readdirSync('gateway/src', {
      recursive: true,
      encoding: 'utf8',
    })
      .map(path => path.replaceAll('\\', '/'))
      .filter(path => path.endsWith('.ts'))
      .flatMap(path => importsOf(path, 'gateway/src'))
      .filter(({ to }) => to.startsWith('../../src/'))
      .map(({ from, to }) => ({ from, to: to.slice('../../src/'.length) }));

    expect(found).to.deep.include({
      from: 'routes/webhook.ts',
      to: 'webhook.ts',
    });
    const isPrivate = ({ to }: Import) => folderOf(to) !== 'public files';
    expect(found.filter(isPrivate).map(asText)).to.deep.equal([]);
  });
});

describe('the credential', () => {
  it('is known to core alone: nothing else has a parameter of its type, or reads its keys', () => {
    const found = files
      .filter(file => folderOf(file) !== 'core' && file !== 'Adaptor.ts')
      .filter(file => {
        const text = readFileSync(join('src', file), 'utf8');
        return /\bConfiguration\b|\bconfiguration(\.|\[)/.test(text);
      });

    expect(found).to.deep.equal([]);
  });

  it('is read by core/client.ts, for the operations of core only', () => {
    const text = (file: string) => readFileSync(join('src', file), 'utf8');
    const found = files.filter(file => /\bconnect\(/.test(text(file)));

    expect(found).to.have.members([
      'core/client.ts',
      'core/operation.ts',
      'core/operation-on-many.ts',
      // What is no operation: OpenFn's editor, and requests without a credential.
      'account/editor-tree.ts',
      'graph/external-request.ts',
    ]);
  });
});

function isUpward({ from, to }: Import): boolean {
  if (to === 'types.ts' || folderOf(from) === folderOf(to)) return false;
  return layerOf(to) >= layerOf(from);
}

function layerOf(path: string): number {
  return LAYERS.findIndex(layer => layer.includes(folderOf(path)));
}

/** The first folder of a path; files without one make two layers by themselves. */
function folderOf(path: string): string {
  const [folder = '', ...rest] = path.split('/');
  if (rest.length > 0) return folder;
  return folder === 'index.ts' ? folder : 'public files';
}

/** The files that a file imports, whether for values or for types. */
function importsOf(from: string, root = 'src'): Import[] {
  const text = readFileSync(join(root, from), 'utf8');
  return ts
    .preProcessFile(text)
    .importedFiles.map(({ fileName }) => fileName)
    .filter(name => name.startsWith('.') && !name.endsWith('.json'))
    .map(name => ({ from, to: `${join(dirname(from), name)}.ts` }));
}

/** Goes along the imports; a file met again on the way closes a circle. */
function findCircle(): string | undefined {
  const done = new Set<string>();
  const visit = (file: string, way: string[]): string | undefined => {
    if (way.includes(file)) return [...way, file].join(' -> ');
    if (done.has(file)) return undefined;
    done.add(file);
    return firstOf(
      imports.filter(({ from }) => from === file),
      ({ to }) => visit(to, [...way, file]),
    );
  };
  return firstOf(files, file => visit(file, []));
}

function firstOf<T>(
  list: T[],
  find: (item: T) => string | undefined,
): string | undefined {
  for (const item of list) {
    const found = find(item);
    if (found) return found;
  }
  return undefined;
}

function asText({ from, to }: Import): string {
  return `${from} imports ${to}`;
}
