import { expect } from 'chai';
import { buildMessage } from '../../src/messages/message';
import { specs } from '../contract/spec';
import { readRequests } from '../reference';
import { build, subjects } from './subjects';

for (const [title, spec] of specs) {
  describe(`messages beside ${title}`, () => {
    const isKnown = ({ type }: { type: string }) =>
      spec.messageFlawOf(type, {}) !== null;

    for (const subject of subjects.filter(isKnown)) {
      it(`are as it says: ${subject.name}`, () => {
        for (const example of subject.examples) {
          const { body } = build(subject, example);

          expect(spec.messageFlawOf(subject.type, body)).to.equal(undefined);
        }
      });
    }

    it('are all there, but for pins', () => {
      const unknown = subjects.filter(subject => !isKnown(subject));

      expect(unknown.map(({ name }) => name)).to.deep.equal(['pin']);
    });
  });
}

describe('messages as Meta documents them', () => {
  const files = readRequests();
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
