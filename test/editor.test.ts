import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import ts from 'typescript';
import { adaptorExports } from '../scripts/adaptor-exports';
import { read } from './jobs/run';

const NAME = '@openfn/language-whatsapp';
const COMMON = '@openfn/language-common';

// What the editor of OpenFn's platform knows of JavaScript itself.
const BASE = `interface Array<T> {
  copyWithin(target: number, start: number, end?: number): this;
  [n: number]: T;
}`;

const FIELDS = ['from', 'name', 'phoneNumberId', 'text', 'type', 'userId'];

describe('the editor of OpenFn', function () {
  this.timeout(60_000);

  it('completes every operation, and what stands in phone and webhook', () => {
    const names = complete('|');

    expect(names).to.include.members(adaptorExports('.').filter(isFunction));
    expect(complete('phone.|')).to.have.members(
      ['mask', 'normalize', 'sameRecipient'], // prettier-ignore
    );
  });

  it('completes options', () => {
    const names = complete("sendMessage($.data.phone, 'Hi', { |");

    expect(names).to.include.members(['replyTo', 'dryRun', 'timeout']);
  });

  for (const [place, before] of [
    ['an argument', 'parseWebhook(); broadcast($.|'],
    ['fn', 'parseWebhook(); fn(state => state.|'],
    ['a function of state', 'parseWebhook(); broadcast(state => state.|'],
  ] as const) {
    it(`completes in ${place} what parseWebhook leaves`, () => {
      const after = (path: string) => complete(before.replace('|', `${path}|`));

      expect(after('')).to.include.members(['data', 'response', 'request']);
      expect(after('data.')).to.include.members(
        ['messages', 'notices', 'statuses', 'account'], // prettier-ignore
      );
      expect(after('data.messages[0].')).to.include.members(FIELDS);
      expect(after('data.statuses[0].')).to.include.members(['id', 'status']);
    });
  }

  it('completes the message that a reply answers', () => {
    const names = complete('broadcast($.data.messages, reply($.data.|');

    expect(names).to.include.members(FIELDS);
  });

  it('completes what a send and a broadcast leave', () => {
    const names = complete('fn(state => { state.data.|');

    expect(names).to.include.members(['messageId', 'summary', 'remaining']);
  });

  it('finds no fault with the job, nor with names that only the job knows', () => {
    const service = openEditor(
      'fn(state => ({ ...state, patients: [] }));\nsendMessage($.data.patient.phone, `Dear ${$.patients[0].name}`);\neach($.data.visits, fnIf($.data.due, sendButtons($.data.phone, "Yes?", ["Yes"])));',
    );

    expect(service.getSyntacticDiagnostics('job.js')).to.be.empty;
    expect(service.getSemanticDiagnostics('job.js')).to.be.empty;
  });
});

/** Names of language-common that its declarations have as a whole file. */
const isFunction = (name: string) =>
  !['dateFns', 'http', 'metadata', 'util'].includes(name);

/** The names that the editor offers where `|` stands in the job. */
function complete(job: string): string[] {
  const position = job.indexOf('|');
  const service = openEditor(job.replace('|', ''));
  const found = service.getCompletionsAtPosition('job.js', position, {});
  return (found?.entries ?? [])
    .filter(({ kind }) => kind !== ts.ScriptElementKind.warning)
    .map(({ name }) => name);
}

/** A language service that is given the declarations as the editor is. */
function openEditor(job: string): ts.LanguageService {
  const files = new Map(
    loadDeclarations().map((text, i) => [`lib${i}.ts`, text]),
  );
  files.set('job.js', job);
  const options: ts.CompilerOptions = {
    allowJs: true,
    allowNonTsExtensions: true,
    noLib: true,
    strict: false,
    alwaysStrict: false,
    ignoreDeprecations: '6.0',
    types: [],
  };
  return ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [...files.keys()],
    getScriptVersion: () => '1',
    getScriptSnapshot: name =>
      files.has(name)
        ? ts.ScriptSnapshot.fromString(files.get(name)!)
        : undefined,
    getCurrentDirectory: () => '/',
    getDefaultLibFileName: () => '',
    fileExists: name => files.has(name),
    readFile: name => files.get(name),
  });
}

/** Wraps each file as the editor does: no file is a module, and only `from './x'` is understood. */
function loadDeclarations(): string[] {
  const common = declarationsIn(`node_modules/${COMMON}/types`).map(
    ({ text }) =>
      `declare module '${COMMON}' { ${text.replace(/\* +@(.+?)\*\//gs, '*/')} }`,
  );
  const own = declarationsIn('types').map(({ name, text }) => ({
    name,
    text: text.replace(/(from|import) '\.\//g, `$1 '${NAME}/`),
  }));
  const types = own.find(({ name }) => name === 'types')?.text ?? '';
  const wrapped = own
    .filter(({ name }) => name !== 'types')
    .map(({ name, text }) =>
      name === 'index' || name === 'Adaptor'
        ? `declare namespace {\n ${types} \n ${namespaces(text)}\n`
        : `declare module '${NAME}/${name}' {\n ${types} \n ${text}\n}`,
    );
  return [BASE, ...common, ...wrapped];
}

const namespaces = (text: string) =>
  text.replace(
    /export \* as (\w+) from '(.+)';/g,
    "import * as $1 from '$2'; export { $1 };",
  );

const declarationsIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.d.ts'))
    .map(file => ({
      name: file.split('/').at(-1)!.replace('.d.ts', ''),
      text: read(`${folder}/${file}`),
    }));
