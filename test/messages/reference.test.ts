import { expect } from 'chai';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { buildMessage } from '../../src/messages/message';
import { needReference, readReference, readReferenceFile } from '../reference';
import { build, subjects } from './subjects';

const spec = readReferenceFile('openapi-v23.json');
const ajv = new Ajv2020({ strict: false, validateFormats: false });
if (spec) ajv.addSchema(spec, 'spec');

/** Meta's own schema of a kind of message. */
function schemaOf(kind: string) {
  if (!spec) return undefined;
  const name = `${kind[0]?.toUpperCase()}${kind.slice(1)}Message`;
  return ajv.getSchema(`spec#/components/schemas/${name}`);
}

describe('messages beside Meta’s OpenAPI', () => {
  needReference(spec ? [spec] : []);

  for (const subject of subjects) {
    const validate = schemaOf(subject.type);
    if (!validate) continue;

    it(`are as it says: ${subject.name}`, () => {
      for (const example of subject.examples) {
        const isRight = validate(build(subject, example).body);

        expect(isRight, JSON.stringify(validate.errors)).to.equal(true);
      }
    });
  }

  it('are all there, but for pins', () => {
    const unknown = subjects.filter(({ type }) => !schemaOf(type));

    expect(unknown.map(({ name }) => name)).to.deep.equal(['pin']);
  });
});

type Request = { has_placeholders: boolean; body: Record<string, unknown> };

describe('messages of Meta’s documentation', () => {
  const files = readReference('requests') as [string, Request][];
  needReference(files);

  const sends = files.filter(
    ([, { has_placeholders, body }]) => !has_placeholders && 'to' in body,
  );

  it('are found', () => {
    expect(sends).to.have.length.above(15);
  });

  for (const [name, { body }] of sends) {
    it(`go out as they are written: ${name}`, () => {
      // Some numbers in the documentation are made of letters.
      const to = /[a-z]/.test(String(body['to'])) ? '+16505551234' : body['to'];
      const message = { ...body, to };

      const built = buildMessage(to, message).body;

      expect(built).to.deep.equal({ recipient_type: 'individual', ...message });
    });
  }
});
