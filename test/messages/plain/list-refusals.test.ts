import { expect } from 'chai';
import { buildList } from '../../../src/messages/plain/interactive';
import { refusal, to } from './send-plain';

const body = 'When can you come?';

describe('buildList', () => {
  it('speaks of its own arguments when something is wrong', () => {
    const long = 'x'.repeat(80);
    const titles = (count: number) =>
      Array.from({ length: count }, (_, index) => `Row ${index}`);

    for (const [description, rows, options = {}] of [
      ['rows[1].title has 80 characters; at most 24 are allowed.', ['A', long]],
      [
        'rows[0].description has 80 characters; at most 72 are allowed.',
        [{ title: 'A', description: long }],
      ],
      ['rows[0].title is missing.', [{ id: 'A' }]],
      [
        'rows[0].description is an object; it must be text.',
        [{ title: 'A', description: {} }],
      ],
      ["rows[0] has a field 'text' that it does not know.", [{ text: 'A' }]],
      ['rows has 11 items; 1 to 10 are allowed.', titles(11)],
      ['rows has 0 items; 1 to 10 are allowed.', []],
      ['rows has the same row id twice.', ['A', 'A']],
      ['rows is an object; it must be a list.', { A: 'B' }],
      [
        'rows[0].rows[1].title has 80 characters; at most 24 are allowed.',
        [{ title: 'A', rows: ['A', long] }],
      ],
      [
        'rows[0].title has 80 characters; at most 24 are allowed.',
        [{ title: long, rows: ['A'] }],
      ],
      ['rows[0].rows is text; it must be a list.', [{ title: 'A', rows: 'A' }]],
      [
        'rows[0].rows has 0 items; 1 to 10 are allowed.',
        [{ title: 'A', rows: [] }],
      ],
      [
        'rows[1] is no section, though others are.',
        [{ title: 'A', rows: ['A'] }, 'B'],
      ],
      [
        'rows has several sections, one of them without a title.',
        [{ title: 'A', rows: ['A'] }, { rows: ['B'] }],
      ],
      [
        'rows has more than 10 rows in all, which is the maximum.',
        [
          { title: 'A', rows: titles(10) },
          { title: 'B', rows: ['B'] },
        ],
      ],
      [
        'button has 21 characters; at most 20 are allowed.',
        ['A'],
        { button: 'x'.repeat(21) },
      ],
      [
        'header.type is none of the words that it can be.',
        ['A'],
        { header: { type: 'image', image: { id: '1' } } },
      ],
    ] as const) {
      const found = refusal(() => buildList(to, body, rows, options));
      expect(found).to.equal(description);
    }
  });
});
