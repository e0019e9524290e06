import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import ts from 'typescript';
import { adaptorExports } from '../scripts/adaptor-exports';

type Tag = {
  title: string;
  description: string | null;
  caption?: string;
  name?: string;
  type?: { name?: string } | null;
};
type Documented = {
  name: string;
  params: string[];
  docs: { description: string; tags: Tag[] };
  valid: boolean;
};
type Ast = {
  operations: Documented[];
  exports: unknown[];
  common: Documented[];
};

const adaptor = parse('src/Adaptor.ts');
const types = parse('src/types.ts');
const ast = readAst('ast.json');
const languageCommon = readAst('node_modules/@openfn/language-common/ast.json');

describe('ast.json', () => {
  it('has the operations of Adaptor.ts, in their order', () => {
    const names = ast.operations.map(({ name }) => name);

    expect(names).to.deep.equal(exportedFunctions());
  });

  it('has operations that the compiler sees', () => {
    const names = ast.operations.map(({ name }) => name);

    expect(adaptorExports('.')).to.include.members(names);
  });

  it('has what language-common documents of the names exported again', () => {
    const names = reexports();
    const documented = languageCommon.operations.filter(({ name }) =>
      names.includes(name),
    );

    expect(names).to.include.members(['each', 'fn', 'as', 'map']);
    expect(ast.common).to.deep.equal(documented);
  });

  it('has the shape that OpenFn knows', () => {
    const [known] = languageCommon.operations;

    expect(Object.keys(ast)).to.deep.equal(Object.keys(languageCommon));
    for (const operation of ast.operations) {
      expect(operation).to.have.all.keys({ ...known });
      expect(operation.docs).to.have.all.keys({ ...known?.docs });
    }
  });
});

describe('the documentation of the operation', () => {
  for (const operation of ast.operations) documents(operation);
});

describe('the typedef in Adaptor.ts', () => {
  it('is that of every kind of options', () => {
    const names = typedefs().map(({ name }) => name);

    expect(names).to.include.members(documentedOptions());
  });

  for (const typedef of typedefs()) describes(typedef);
});

function documents({ name, params, docs, valid }: Documented) {
  const all = (title: string) => docs.tags.filter(tag => tag.title === title);

  describe(name, () => {
    it('is public, and seen by jsdoc', () => {
      expect(valid).to.equal(true);
      expect(all('public')).to.have.lengthOf(1);
      expect(all('function')).to.have.lengthOf(1);
    });

    it('says in a sentence what the operation does', () => {
      expect(docs.description).to.match(/^[A-Z].*\.$/s);
    });

    it('describes each parameter in a sentence', () => {
      expect(all('param').map(param => param.name)).to.deep.equal(params);
      for (const param of all('param')) {
        expect(param.description, param.name).to.match(/^[A-Z`].*\.$/s);
        expect(param.type, param.name).to.be.an('object');
      }
    });

    it('has examples, each with a caption', () => {
      expect(all('example')).to.not.be.empty;
      for (const example of all('example')) {
        expect(example.caption).to.match(/^[A-Z].*[^.]$/);
        expect(example.description).to.include(`${name}(`);
      }
    });

    it('says what is left on state', () => {
      expect(all('state')).to.not.be.empty;
      expect(all('returns').map(({ type }) => type?.name)).to.deep.equal([
        'Operation',
      ]);
    });

    it("links to Meta's documentation", () => {
      expect(all('see')[0]?.description).to.match(/^https:\/\//);
    });
  });
}

type Typedef = { name: string; properties: string[] };

function describes({ name, properties }: Typedef) {
  const type = ownProperties(name);

  // What is left on state has no type of its own: state is open.
  if (name.endsWith('State')) return;
  it(`${name} names the properties of the type ${name}`, () => {
    expect(properties).to.have.members(type ?? []);
  });
}

/** The properties that a type adds to those that it is made of; `[` is before optional ones. */
function ownProperties(name: string): string[] | undefined {
  const alias = types.statements.find(
    (statement): statement is ts.TypeAliasDeclaration =>
      ts.isTypeAliasDeclaration(statement) && statement.name.text === name,
  );
  if (!alias) return undefined;
  const parts = ts.isIntersectionTypeNode(alias.type)
    ? [...alias.type.types]
    : [alias.type];
  return parts
    .filter(ts.isTypeLiteralNode)
    .flatMap(({ members }) => members.filter(ts.isPropertySignature))
    .map(member => (member.questionToken ? '[' : '') + textOfName(member));
}

/** TypeScript itself loses the properties when `@public` stands in between. */
function typedefs(): Typedef[] {
  const comments = adaptor.text.match(/\/\*\*.*?\*\//gs) ?? [];
  return comments.flatMap(comment => {
    const [, name] = /@typedef \{Object\} (\w+)/.exec(comment) ?? [];
    const properties = comment.matchAll(/@property \{.+?\} (\[?\w+)/g);
    return name
      ? [{ name, properties: [...properties].map(([, found = '']) => found) }]
      : [];
  });
}

/** The types of the parameters that are called options. */
function documentedOptions(): string[] {
  return ast.operations
    .flatMap(({ docs }) => docs.tags)
    .map(({ type }) => type?.name ?? '')
    .filter(name => name.endsWith('Options'));
}

function exportedFunctions(): string[] {
  return adaptor.statements
    .filter(ts.isFunctionDeclaration)
    .filter(({ modifiers }) =>
      modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword),
    )
    .map(textOfName);
}

/** The names of `export { … } from`. */
function reexports(): string[] {
  return adaptor.statements
    .filter(ts.isExportDeclaration)
    .map(({ exportClause }) => exportClause)
    .filter(clause => clause !== undefined)
    .flatMap(clause => (ts.isNamedExports(clause) ? clause.elements : []))
    .map(textOfName);
}

function textOfName({ name }: { name?: ts.Node | undefined }): string {
  return name ? name.getText() : '';
}

function parse(path: string): ts.SourceFile {
  const { Latest } = ts.ScriptTarget;
  return ts.createSourceFile(path, read(path), Latest, true);
}

function readAst(path: string): Ast {
  return JSON.parse(read(path)) as Ast;
}

function read(path: string): string {
  return readFileSync(path, 'utf8');
}
