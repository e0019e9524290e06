import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import ts from 'typescript';
import schema from '../configuration-schema.json' with { type: 'json' };
import * as adaptor from '../src/index';
import { startSimulator } from '../simulator/src/index';
import type { Simulator } from '../simulator/src/index';
import type { JobState } from '../scripts/job-runtime';
import {
  exampleState,
  onPremisesState,
  read,
  run,
  signedState,
} from './jobs/run';

const [tables = '', examples = ''] =
  read('test/parity.md').split(/^## Examples$/m);
const [, given = '{}'] = /```json\n(.*?)```/s.exec(tables) ?? [];

/** A field of another connector, and what does the same here. */
type Row = { field: string; operation: string; means: string; example: string };

/** The rows of every table, with the headings above them. */
function rowsOf(text: string): Row[] {
  const headings: string[] = [];
  return text.split('\n').flatMap(line => {
    const [, marks, title] = /^(##+) (.*)/.exec(line) ?? [];
    if (marks && title) headings.splice(marks.length - 2, Infinity, title);
    const cells = line.split('|').slice(1, -1);
    const [field = '', ...rest] = cells.map(cell => cell.trim());
    if (rest.length !== 3 || field === 'Field' || /^-+$/.test(field)) return [];
    const [operation = '', means = '', example = ''] = rest;
    const place = [...headings, field].join(': ');
    return [{ field: place, operation, means, example }];
  });
}

/** The jobs at the end of the document, by their names. */
const jobs = new Map(
  [...examples.matchAll(/^### ([^\n]+)\n\n```js\n(.*?)^```/gms)].map(
    ([, name = '', code = '']) => [name, code] as const,
  ),
);

/** The source that an example cell names: a file, or a job of the document. */
function sourceOf(example: string): string {
  const [, file] = /^`([\w-]+\.js)`$/.exec(example) ?? [];
  if (file) return read(`examples/${file}`);
  const [, name = '', anchor] = /^\[(.+)\]\(#(.+)\)$/.exec(example) ?? [];
  expect(anchor).to.equal(name.replaceAll(' ', '-'));
  expect([...jobs.keys()]).to.include(name);
  return jobs.get(name)!;
}

const inCode = (text: string) =>
  [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

/** What a path such as `state.data.id` or `webhook.parse` leads to. */
const follow = (value: unknown, path: string) =>
  path
    .split('.')
    .reduce((so, key) => (so as Record<string, unknown>)?.[key], value);

/** The names of the parameters of an operation, or of a function of a namespace. */
function parametersOf(operation: string): string[] {
  const [name, namespace = 'Adaptor'] = operation.split('.').reverse();
  const path = `src/${namespace}.ts`;
  const { Latest } = ts.ScriptTarget;
  return ts
    .createSourceFile(path, read(path), Latest, true)
    .statements.filter(ts.isFunctionDeclaration)
    .filter(declaration => declaration.name?.text === name)
    .flatMap(({ parameters }) => parameters.map(each => each.name.getText()));
}

const rows = rowsOf(tables);

describe('test/parity.md', () => {
  it('has a row for each field, and each field once', () => {
    const fields = rows.map(({ field }) => field);

    expect(rows).to.have.length.above(200);
    expect(new Set(fields).size).to.equal(fields.length);
  });

  it('has no example that no row names', () => {
    const named = rows.map(({ example }) => example);

    for (const name of jobs.keys()) {
      expect(named).to.include(`[${name}](#${name.replaceAll(' ', '-')})`);
    }
  });

  for (const row of rows) {
    it(`tells what exists: ${row.field}`, () => {
      const source = sourceOf(row.example);
      const [operation] = inCode(row.operation);
      if (operation === undefined) {
        expect(row.operation).to.equal('the credential');
      } else {
        expect(follow(adaptor, operation), operation).to.be.a('function');
        expect(source).to.include(operation);
      }
      for (const code of inCode(row.means)) checkNamed(code, operation, source);
    });
  }
});

/** A key of the credential, a result, an option in braces, or an argument. */
function checkNamed(code: string, operation = '', source: string): void {
  const [, key] = /^configuration\.(\w+)$/.exec(code) ?? [];
  const [, option] = /^\{ (\w+) \}$/.exec(code) ?? [];
  if (/^(state)?\./.test(code)) return;
  if (key) expect(schema.properties).to.have.property(key);
  else if (option) expect(source).to.match(new RegExp(`\\b${option}\\b`));
  else expect(parametersOf(operation)).to.include(code);
}

describe('the examples of test/parity.md', () => {
  let simulator: Simulator;
  let onPremises: Simulator;
  let gateway: Server;

  before(async () => {
    simulator = await startSimulator();
    onPremises = await startSimulator({ apiVariant: 'on-premises' });
    gateway = createServer((_, answer) => {
      const message = { id: 'wamid.1', text: 'Hello', direction: 'inbound' };
      answer.setHeader('content-type', 'application/json');
      answer.end(JSON.stringify({ data: [message], paging: {} }));
    }).listen(0, '127.0.0.1');
    await once(gateway, 'listening');
  });
  beforeEach(() => simulator.reset());
  after(() => simulator.close());
  after(() => onPremises.close());
  after(() => gateway.close());

  const gatewayKeys = (source: string) => {
    if (!source.includes('listMessages')) return {};
    const { port } = gateway.address() as AddressInfo;
    return { gatewayUrl: `http://127.0.0.1:${port}`, gatewayKey: 'a-key' };
  };

  /** Webhooks, sessions and the gateway need a credential and data of their own. */
  const stateFor = (source: string): JobState => {
    if (/(parse|verify)Webhook/.test(source)) return signedState(simulator);
    const state = source.includes('createSession')
      ? onPremisesState(onPremises)
      : exampleState(simulator);
    return {
      ...state,
      configuration: { ...state.configuration, ...gatewayKeys(source) },
      data: { ...(state.data as object), ...(JSON.parse(given) as object) },
    };
  };

  for (const example of new Set(rows.map(row => row.example))) {
    const results = rows
      .filter(row => row.example === example)
      .flatMap(({ means }) => inCode(means))
      .filter(code => code.startsWith('state.'));

    it(`runs, and leaves what is said: ${example}`, async () => {
      const source = sourceOf(example);

      const { final, failure } = await run(source, stateFor(source));

      expect(failure).to.equal(undefined);
      for (const result of results) {
        expect(follow({ state: final }, result), result).not.to.equal(
          undefined,
        );
      }
    });
  }
});
