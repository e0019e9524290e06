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

// The same for the simulator; a file at the root of its sources is a layer by itself.
const SIMULATOR_LAYERS = [
  ['core'],
  ['checks'],
  ['account', 'media', 'on-premises'],
  ['faults'],
  ['state.ts'],
  ['routes'],
  ['app.ts'],
  ['index.ts', 'settings.ts'],
  ['cli.ts'],
];

type Import = { from: string; to: string };

const files = filesIn('src');
const imports = files.flatMap(file => importsOf(file));
const folders = new Set(files.map(folderOf));

describe('the imports of src', () => {
  it('are found', () => {
    expect(imports).to.deep.include.members([
      { from: 'index.ts', to: 'Adaptor.ts' },
      { from: 'core/operation.ts', to: 'core/client.ts' },
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
    expect(findCircle(files, imports)).to.equal(undefined);
  });

  it('are none in types.ts, so that an editor can load it alone', () => {
    expect(importsOf('types.ts')).to.deep.equal([]);
  });
});

describe('the folder schema', () => {
  it('knows neither WhatsApp nor Meta', () => {
    const named = files
      .filter(file => folderOf(file) === 'schema')
      .filter(file =>
        /WhatsApp|\bMeta\b/.test(readFileSync(join('src', file), 'utf8')),
      );

    expect(named).to.deep.equal([]);
  });
});

describe('the folder messages', () => {
  it('offers what it has to account and broadcast in few files', () => {
    const used = imports
      .filter(
        ({ from }) => !['messages', 'public files'].includes(folderOf(from)),
      )
      .map(({ to }) => to)
      .filter(to => folderOf(to) === 'messages');

    expect([...new Set(used)]).to.have.members([
      'messages/kinds/fields.ts',
      'messages/kinds/limits.ts',
      'messages/kinds/template.ts',
      'messages/plain/template/fields.ts',
      'messages/plain/template/template.ts',
      'messages/send-options.ts',
    ]);
  });
});

describe('the picture of the parts', () => {
  it('has an arrow for each import from one part to another', () => {
    const page = readFileSync('docs/architecture.md', 'utf8');
    const [, picture = ''] = /```mermaid\n([^]*?)```/.exec(page) ?? [];
    const partsIn = (side: string) =>
      side.split('&').map(id => id.trim().replace('requests', 'graph'));
    const drawn = [...picture.matchAll(/^ {4}([\w &]+) --> ([\w &]+)$/gm)]
      .flatMap(([, from = '', to = '']) =>
        partsIn(from).flatMap(each =>
          partsIn(to).map(other => `${each} -> ${other}`),
        ),
      )
      .filter(arrow => !arrow.endsWith('-> core'));

    const partOfSource = (path: string) =>
      path === 'Adaptor.ts' ? 'Adaptor' : folderOf(path);
    const real = imports
      .map(({ from, to }) => [partOfSource(from), partOfSource(to)] as const)
      .filter(([from, to]) => from !== to)
      .filter(parts => parts.every(part => !/\.|public|core/.test(part)))
      .map(([from, to]) => `${from} -> ${to}`);

    expect(drawn).to.have.members([...new Set(real)]);
  });
});

describe('what a folder offers to the others', () => {
  const page = readFileSync('docs/architecture.md', 'utf8');
  const namesOnPage = (folder: string) =>
    wordsOf(page.split('\n').find(row => row.startsWith(`| \`${folder}\` `)));

  for (const folder of ['messages', 'recipients', 'graph', 'media', 'events']) {
    it(`is named on the architecture page: ${folder}`, () => {
      const used = files
        .filter(file => folderOf(file) !== folder)
        .flatMap(file => namesFrom(folder, file))
        // One for each operation, which need no list.
        .filter(({ name, by }) => !(/^build/.test(name) && by === 'Adaptor.ts'))
        .map(({ name }) => name);

      const named = namesOnPage(folder).filter(word => !folders.has(word));
      expect(named).to.have.members([...new Set(used)]);
    });
  }
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
  const root = 'gateway/src';
  const found = filesIn(root).flatMap(path => importsOf(path, root));
  const parts = readParts();

  it('lead to the webhooks, the phone numbers and the types of src only', () => {
    const outside = found
      .filter(({ to }) => to.startsWith('../../src/'))
      .map(({ from, to }) => ({ from, to: to.slice('../../src/'.length) }));

    expect(outside).to.deep.include({
      from: 'routes/webhook.ts',
      to: 'webhook.ts',
    });
    const others = outside.filter(
      ({ to }) => !['webhook.ts', 'phone.ts', 'types.ts'].includes(to),
    );
    expect(others.map(asText)).to.deep.equal([]);
  });

  it('are those that docs/architecture.md lists for each folder', () => {
    const isAllowed = ({ from, to }: Import) =>
      isInside(from, to) || parts.get(partOf(from))?.includes(partOf(to));
    const isInFolder = (path: string) => path.includes('/');
    const own = found.filter(
      ({ from, to }) => isInFolder(from) && !to.startsWith('..'),
    );
    const folders = filesIn(root).filter(isInFolder).map(partOf);

    expect(new Set(folders)).to.deep.equal(new Set(parts.keys()));
    expect(own.filter(one => !isAllowed(one)).map(asText)).to.deep.equal([]);
  });

  it('are all used by some file of the folder', () => {
    const unused = [...parts].flatMap(([part, others]) =>
      others
        .filter(
          other =>
            !found.some(
              ({ from, to }) => partOf(from) === part && partOf(to) === other,
            ),
        )
        .map(other => `${part} does not import ${other}`),
    );

    expect(unused).to.deep.equal([]);
  });

  it('make no circle', () => {
    expect(findCircle(filesIn(root), found)).to.equal(undefined);
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
      // What is no operation: OpenFn's editor, and requests without a credential.
      'account/editor-tree.ts',
      'graph/external-request.ts',
    ]);
  });
});

describe('the imports of the simulator', () => {
  const root = 'simulator/src';
  const paths = filesIn(root);
  const layerIn = (path: string) =>
    SIMULATOR_LAYERS.findIndex(layer => layer.includes(partOf(path)));

  it('point down, or stay in their folder', () => {
    const found = paths
      .flatMap(path => importsOf(path, root))
      .filter(({ from, to }) => !isInside(from, to))
      .filter(({ from, to }) => layerIn(to) >= layerIn(from));

    expect(found.map(asText)).to.deep.equal([]);
  });

  it('lead to nothing outside of it', () => {
    const outside = paths
      .flatMap(path => importsOf(path, root))
      .filter(({ to }) => to.startsWith('..'));

    expect(outside.map(asText)).to.deep.equal([]);
  });

  it('are those of parts that have a layer', () => {
    expect(SIMULATOR_LAYERS.flat()).to.have.members([
      ...new Set(paths.map(partOf)),
    ]);
  });

  it('are those of parts that the architecture page lists', () => {
    const page = readFileSync('docs/architecture.md', 'utf8');
    for (const part of SIMULATOR_LAYERS.flat()) {
      expect(page).to.include(`| \`${part}\``);
    }
  });
});

/** The parts of the gateway, and what each may import, as the table of the page has it. */
function readParts(): Map<string, string[]> {
  const page = readFileSync('docs/architecture.md', 'utf8');
  const [, table = ''] =
    /\n\| folder[^\n]*imports[^\n]*\n([^]*?)\n\n/.exec(page) ?? [];
  const rows = table.split('\n').slice(1);
  const cells = rows.map(row => row.split('|').map(cell => cell.trim()));
  return new Map(
    cells.map(([, name, , others]) => [
      wordsOf(name)[0] ?? '',
      wordsOf(others),
    ]),
  );
}

function wordsOf(cell = ''): string[] {
  return [...cell.matchAll(/`([\w.]+)`/g)].map(([, word = '']) => word);
}

/** The folder of a file; those beside the folders are parts by themselves. */
function partOf(path: string): string {
  return path.split('/')[0] ?? '';
}

function isInside(from: string, to: string): boolean {
  return partOf(from) === partOf(to);
}

function filesIn(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map(path => path.replaceAll('\\', '/'))
    .filter(path => path.endsWith('.ts') && !path.endsWith('.d.ts'));
}

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

/** The values that a file imports from a folder, by name. */
function namesFrom(folder: string, by: string): { name: string; by: string }[] {
  const text = readFileSync(join('src', by), 'utf8');
  const statements = text.matchAll(/^import \{([^}]*)\} from '([^']*)';$/gm);
  return [...statements]
    .filter(([, , path = '']) =>
      join(dirname(by), path).startsWith(`${folder}/`),
    )
    .flatMap(([, list = '']) => list.split(','))
    .map(item => item.trim().split(' ')[0] ?? '')
    .filter(name => name !== '' && name !== 'type')
    .map(name => ({ name, by }));
}

/** Goes along the imports; a file met again on the way closes a circle. */
function findCircle(files: string[], imports: Import[]): string | undefined {
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
