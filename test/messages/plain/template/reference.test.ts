import { expect } from 'chai';
import { buildMessage } from '../../../../src/messages/message';
import { buildTemplate } from '../../../../src/messages/plain/template/template';
import { buildOneTimePassword } from '../../../../src/messages/plain/template/one-time-password';
import { readRequests } from '../../../reference';
import type { Part } from './plain';
import { plainArguments } from './plain-arguments';

type Body = {
  to: string;
  type?: string;
  template: {
    name: string;
    language: { code: string };
    components: Part[];
  };
};

const files = readRequests().filter(([name]) => name.startsWith('templates__'));

describe('templates as Meta documents them', () => {
  it('are there', () => {
    expect(files).not.to.have.lengthOf(0);
  });

  const sends = files
    .map(([name, { has_placeholders, body }]) => ({
      name,
      has_placeholders,
      body: body as Body,
    }))
    .filter(({ body }) => body.type === 'template')
    .filter(({ has_placeholders }) => !has_placeholders);

  for (const { name, body } of sends) {
    const { to, template } = body;
    const { components, language } = template;
    const plain = plainArguments(components);
    const options = { ...plain.options, language: language.code };

    it(`are made of plain arguments: ${name}`, () => {
      const outgoing = buildTemplate(to, template.name, plain.values, options);

      expect(outgoing.body).to.deep.equal(withIndexAsText(body));
    });

    it(`go out as they are written: ${name}`, () => {
      expect(buildMessage(to, { template }, {}).body).to.deep.equal(body);
    });

    if (!name.includes('authentication')) continue;

    it(`are made of a code: ${name}`, () => {
      const [code] = plain.values as string[];

      expect(
        buildOneTimePassword(to, template.name, code, {}).body,
      ).to.deep.equal(body);
    });
  }
});

/** Meta takes the position of a button as number and as text; we send text. */
const withIndexAsText = (body: Body): unknown =>
  JSON.parse(
    JSON.stringify(body, (key, value: unknown) =>
      key === 'index' ? String(value) : value,
    ),
  );
