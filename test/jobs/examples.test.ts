import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import ast from '../../ast.json' with { type: 'json' };
import { startSandbox } from '../../sandbox/src/index';
import type { Sandbox } from '../../sandbox/src/index';
import { exampleState, read, run } from './run';

/** What the examples in the documentation of the operations read besides. */
const FURTHER = {
  bookingUrl: 'https://clinic.example/book',
  date: '3 May',
  flowId: '1234567890',
  invoiceUrl: 'https://clinic.example/invoice.pdf',
  map: 'https://clinic.example/map.png',
  mediaId: '1037543291543636',
  messageId: 'wamid.HBgLMTU1NTAxMDAxMjMVAgARGBI=',
  midwifePhone: '+15550100124',
  otherNumberId: '100000000000009',
};

const files = readdirSync('examples').filter(file => file.endsWith('.js'));

/** The JavaScript blocks of a document. */
const snippets = (path: string) =>
  [...read(path).matchAll(/^```js\n(.*?)^```/gms)].map(([, code]) => code!);

describe('the examples', () => {
  let sandbox: Sandbox;

  before(async () => {
    sandbox = await startSandbox();
  });
  beforeEach(() => sandbox.reset());
  after(() => sandbox.close());

  const succeeds = async (source: string, further = {}) => {
    const state = exampleState(sandbox);
    const data = { ...(state.data as object), ...further };
    const { final, failure } = await run(source, { ...state, data });
    expect(failure).to.equal(undefined);
    expect(final).not.to.have.property('configuration');
    return final;
  };

  for (const file of files) {
    const source = read(`examples/${file}`);

    it(`${file} runs, and something arrives`, async () => {
      await succeeds(source);

      expect(sandbox.transcript()).not.to.have.length(0);
    });

    it(`${file} is short, and says what it does and needs`, () => {
      expect(source.trimEnd().split('\n').length).to.be.at.most(20);
      expect(source).to.match(/^\/\/ [A-Z].* needs data \{.*\}\.\n/);
    });
  }

  for (const [index, snippet] of snippets('README.md').entries()) {
    it(`snippet ${index + 1} of the README runs`, async () => {
      await succeeds(snippet);

      expect(sandbox.requests).not.to.have.length(0);
    });
  }

  for (const { name, docs } of ast.operations) {
    const examples = docs.tags.filter(({ title }) => title === 'example');
    for (const { description, caption } of examples as {
      description: string;
      caption: string;
    }[]) {
      it(`${name}: ${caption}`, async () => {
        await succeeds(description, FURTHER);

        expect(sandbox.requests).not.to.have.length(0);
      });
    }
  }
});
