import { expect } from 'chai';
import { listFields } from '../../src/schema/fields';
import type { Field } from '../../src/schema/fields';
import { throws } from '../rejects';
import { at, objectsIn, placesOf, put, without } from './places';
import { build, subjects } from './subjects';
import type { Subject } from './subjects';

for (const subject of subjects) {
  const { name, type, summary, link, schema, examples } = subject;
  const fields = listFields(schema);

  /** Every example with every place of it that a field of the schema has. */
  const occurrences = (field: Field) =>
    examples.flatMap(example =>
      placesOf(example, field).map(place => ({ example, place })),
    );

  describe(`catalog: ${name}`, () => {
    it('has a sentence and a page of Meta for the documentation', () => {
      expect(summary).to.match(/^[A-Z].+\.$/);
      expect(link).to.match(/^https:\/\/developers\.facebook\.com\//);
    });

    it('sends its examples as they are written', () => {
      for (const example of examples) {
        const { body } = build(subject, freeze(structuredClone(example)));

        expect(body['type']).to.equal(type);
        expect(JSON.stringify(body[type])).to.equal(JSON.stringify(example));
      }
    });

    it('shows each of its fields in an example', () => {
      // The components of a template are too many; their own tests show them.
      if (type === 'template') return;

      const unseen = fields.filter(field => !isShown(subject, field));

      expect(unseen.map(({ path }) => path.join('.'))).to.deep.equal([]);
    });

    it('refuses a content without a field that it needs', () => {
      for (const field of fields) {
        if (!field.isRequired) continue;
        for (const { example, place } of occurrences(field)) {
          const error = throws(() => build(subject, without(example, place)), {
            code: 'INVALID_MESSAGE',
          });

          expect(error.description).to.match(/is missing|needs|without/);
        }
      }
    });

    it('refuses a value of a wrong type in any field', () => {
      for (const field of fields) {
        for (const { example, place } of occurrences(field)) {
          // Not even Meta's numbers are big integers.
          for (const wrong of field.isRequired ? [1n, null] : [1n]) {
            throws(() => build(subject, put(example, place, wrong)), {
              code: 'INVALID_MESSAGE',
            });
          }
        }
      }
    });

    it('takes null for a field that it does not need', () => {
      const outcome = (content: unknown) => {
        try {
          return build(subject, content).body;
        } catch (error) {
          return (error as Error).message;
        }
      };
      for (const field of fields) {
        if (field.isRequired) continue;
        for (const { example, place } of occurrences(field)) {
          expect(outcome(put(example, place, null))).to.deep.equal(
            outcome(without(example, place)),
          );
        }
      }
    });

    it('takes a text of the greatest length, and none above', () => {
      for (const field of fields) {
        const { max } = field;
        if (max === undefined) continue;
        for (const { example, place } of occurrences(field)) {
          const longest = put(example, place, 'x'.repeat(max));
          const longer = put(example, place, 'x'.repeat(max + 1));

          build(subject, longest);
          const error = throws(() => build(subject, longer));
          expect(error.description).to.match(
            new RegExp(
              `has ${max + 1} characters; at most ${max} are allowed\\.$`,
            ),
          );
        }
      }
    });

    it('lets further fields pass, wherever they stand', () => {
      for (const example of examples) {
        for (const place of objectsIn(example)) {
          const added = { ...(at(example, place) as object), meta_new: [1] };
          const content = put(example, place, added);

          expect(build(subject, content).body[type]).to.deep.equal(content);
        }
      }
    });

    it('refuses what is no content at all', () => {
      for (const wrong of [
        'text',
        5,
        true,
        null,
        new Date(),
        Buffer.from(''),
      ]) {
        throws(() => build(subject, wrong), { code: 'INVALID_MESSAGE' });
      }
    });
  });
}

// Header and footer are the same for all interactive messages: one may show them for all.
const SHARED = ['header', 'footer'];

function isShown(subject: Subject, field: Field): boolean {
  const isShared = SHARED.includes(field.path[0] ?? '');
  return subjects
    .filter(other =>
      isShared ? other.type === subject.type : other === subject,
    )
    .flatMap(({ examples }) => examples)
    .some(example => placesOf(example, field).length > 0);
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(freeze);
    Object.freeze(value);
  }
  return value;
}
