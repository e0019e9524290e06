import type { Json } from '../../call';
import { refuses } from '../../refusals';
import { long, wrong } from './wrong';

const rows = (...list: Json[]) =>
  wrong('list', i => (i.action.sections[0].rows = list));
const many = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ id: `r${n}`, title: `${n}` }));

describe('a list is refused for:', () => {
  refuses([
    ['no button', wrong('list', i => delete i.action.button), 131008, 'button'],
    [
      'a long button',
      wrong('list', i => (i.action.button = long(21))),
      131009,
      '20',
    ],
    [
      'no sections',
      wrong('list', i => (i.action.sections = [])),
      131009,
      'sections',
    ],
    [
      '11 sections',
      wrong(
        'list',
        i => (i.action.sections = Array(11).fill(i.action.sections[0])),
      ),
      131009,
      '1 to 10',
    ],
    [
      'a section without title',
      wrong('list', i => delete i.action.sections[1].title),
      131008,
      'title',
    ],
    [
      'a long section title',
      wrong('list', i => (i.action.sections[0].title = long(25))),
      131009,
      '24',
    ],
    ['a section without rows', rows(), 131009, 'rows'],
    ['11 rows in all', rows(...many(10)), 131009, '10 rows in all'],
    ['a row without id', rows({ title: 'x' }), 131008, 'id'],
    ['a row without title', rows({ id: 'x' }), 131008, 'title'],
    ['a long row id', rows({ id: long(201), title: 'x' }), 131009, '200'],
    ['a long row title', rows({ id: 'x', title: long(25) }), 131009, '24'],
    [
      'a long description',
      rows({ id: 'x', title: 'x', description: long(73) }),
      131009,
      '72',
    ],
    ['two rows with one id', rows({ id: 'b', title: 'x' }), 131009, 'unique'],
  ]);
});
