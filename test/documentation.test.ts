import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import ts from 'typescript';
import ast from '../ast.json' with { type: 'json' };

const OPERATIONS = ast.operations.map(({ name }) => name);
const HELPERS = ['phone.ts', 'webhook.ts'];

type Doclet = {
  kind: string;
  name: string;
  access?: string;
  description?: string;
  examples?: string[];
  params?: { name: string; description?: string; type?: object }[];
  properties?: { name: string }[];
  state?: { name?: string; description?: string; type?: string | null }[];
  meta: { filename: string };
};

// OpenFn's site runs jsdoc over `src`, with Babel's plain preset for TypeScript
// and a tag `@state` that has a type, a name and a description.
describe('the documentation that jsdoc makes on the site of OpenFn', function () {
  this.timeout(60_000);
  let doclets: Doclet[];
  let problems: string;

  before(() => {
    ({ doclets, problems } = runJsdoc());
  });

  it('is made without complaint', () => {
    expect(problems).to.equal('');
  });

  it('has every operation, and every function of phone and webhook, once', () => {
    const names = published('function', ['Adaptor.ts']).map(({ name }) => name);
    const helpers = published('function', HELPERS).map(({ name }) => name);

    expect(names.toSorted()).to.deep.equal(OPERATIONS.toSorted());
    expect(helpers.toSorted()).to.deep.equal(
      ['challenge', 'collapse', 'eventKey', 'mask', 'normalize', 'parse', 'sameRecipient', 'verify'], // prettier-ignore
    );
    expect(published('function')).to.have.lengthOf(
      names.length + helpers.length,
    );
  });

  it('describes each function, its parameters and its use', () => {
    for (const doclet of published('function')) {
      expect(doclet.description, doclet.name).to.match(/^[A-Z]/);
      expect(doclet.examples, doclet.name).not.to.be.empty;
      expect(doclet.params, doclet.name).not.to.be.empty;
      for (const param of doclet.params ?? []) {
        expect(param.type, `${doclet.name} ${param.name}`).to.be.an('object');
        expect(param.description, param.name).to.match(/^[A-Z`]/);
      }
    }
  });

  it('says what each operation leaves on state, in keys or by a typedef', () => {
    const typedefs = published('typedef');

    for (const { name, state = [] } of published('function', ['Adaptor.ts'])) {
      expect(state, name).not.to.be.empty;
      for (const row of state) {
        if (row.type) {
          const typedef = typedefs.find(found => found.name === row.type);
          expect(typedef?.properties, row.type).not.to.be.empty;
        } else {
          expect(row.name, name).to.match(/^\w+$/);
          expect(row.description, name).to.match(/^[A-Z].*\.$/s);
        }
      }
    }
  });

  const published = (kind: string, files?: string[]) =>
    doclets.filter(
      doclet =>
        doclet.access === 'public' &&
        doclet.kind === kind &&
        (!files || files.includes(doclet.meta.filename)),
    );
});

// OpenFn's command line reads every declaration file of the package, one after
// the other, and takes the public functions among what each exports.
describe('the documentation that OpenFn reads from the declarations', () => {
  const described = describeDeclarations();

  it('has every function once', () => {
    const names = described.map(({ name }) => name);

    expect(names).to.deep.equal([...new Set(names)]);
    expect(names).to.include.members([...OPERATIONS, 'normalize', 'parse']);
    expect(names).to.include.members(['each', 'fn', 'dataValue']);
  });

  it('describes each function, its parameters and its use', () => {
    for (const { name, description, examples, params } of described) {
      expect(description, name).to.match(/^[A-Z]/i);
      expect(params, name).to.be.above(0);
      if (!ast.common.some(common => common.name === name)) {
        expect(examples, name).to.be.above(0);
      }
    }
  });
});

function runJsdoc(): { doclets: Doclet[]; problems: string } {
  const folder = mkdtempSync(join(tmpdir(), 'jsdoc-'));
  const find = createRequire(import.meta.url).resolve;
  try {
    writeFileSync(join(folder, 'state.cjs'), STATE_TAG);
    const configuration = {
      plugins: [join(folder, 'state.cjs'), find('jsdoc-babel')],
      source: { includePattern: '.+\\.(t|j)s$' },
      babel: {
        extensions: ['ts'],
        babelrc: false,
        presets: [find('@babel/preset-typescript')],
      },
    };
    writeFileSync(join(folder, 'jsdoc.json'), JSON.stringify(configuration));
    return explain(join(folder, 'jsdoc.json'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** jsdoc goes on after a tag that it cannot read, and says so on stderr. */
function explain(configuration: string) {
  const errors = `${configuration}.errors`;
  const command = `"$0" node_modules/jsdoc/jsdoc.js -X -r -c "$1" src 2> "$2" || true`;
  const output = execFileSync(
    'sh',
    ['-c', command, process.execPath, configuration, errors],
    { encoding: 'utf8', maxBuffer: 2 ** 27 },
  );
  const problems = ts.sys.readFile(errors) ?? '';
  const doclets = output === '' ? [] : (JSON.parse(output) as Doclet[]);
  return { doclets, problems };
}

const STATE_TAG = `exports.defineTags = dictionary => {
  dictionary.defineTag('state', {
    canHaveName: true,
    canHaveType: true,
    onTagged: (doclet, { value: { name, description, type } }) => {
      (doclet.state ??= []).push({ name, description, type: type?.names[0] });
    },
  });
};`;

function describeDeclarations() {
  const files = readdirSync('types')
    .filter(file => file.endsWith('.d.ts'))
    .map(file => resolve('types', file));
  const program = ts.createProgram(files, {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ES2020,
    skipLibCheck: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  return files.flatMap(file => {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    return [...(module?.exports?.values() ?? [])].flatMap(symbol =>
      describeSymbol(checker, symbol),
    );
  });
}

function describeSymbol(checker: ts.TypeChecker, symbol: ts.Symbol) {
  const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
  const target = isAlias ? checker.getAliasedSymbol(symbol) : symbol;
  const declaration = target.valueDeclaration;
  if (!declaration || !ts.isFunctionDeclaration(declaration)) return [];
  const tags = ts.getJSDocTags(declaration).map(({ tagName }) => tagName.text);
  if (!tags.includes('public')) return [];
  return [
    {
      name: target.getName(),
      description: ts.displayPartsToString(
        target.getDocumentationComment(checker),
      ),
      examples: tags.filter(tag => tag === 'example').length,
      params: declaration.parameters.length,
    },
  ];
}
