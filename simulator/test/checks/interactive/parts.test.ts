import { refuses } from '../../refusals';
import { long, wrong } from './wrong';

describe('an interactive message is refused for its parts:', () => {
  refuses([
    ['no type', wrong('button', i => delete i.type), 131008, 'type'],
    ['unknown type', wrong('button', i => (i.type = 'poll')), 131009, 'type'],
    ['no action', wrong('button', i => delete i.action), 131008, 'action'],
    ['a property', wrong('button', i => (i.buttons = [])), 100, '"buttons"'],
    ['no body', wrong('button', i => delete i.body), 131008, 'body'],
    ['empty body', wrong('button', i => (i.body.text = '')), 131008, 'body'],
    [
      'long body',
      wrong('button', i => (i.body.text = long(1025))),
      131009,
      '1024',
    ],
    [
      'long body of a list',
      wrong('list', i => (i.body.text = long(4097))),
      131009,
      '4096',
    ],
    [
      'long footer',
      wrong('button', i => (i.footer.text = long(61))),
      131009,
      '60',
    ],
    [
      'long header',
      wrong('list', i => (i.header.text = long(61))),
      131009,
      '60',
    ],
    [
      'a long second header',
      wrong('list', i => (i.header.sub_text = long(61))),
      131009,
      '60',
    ],
    [
      'a header of no kind',
      wrong('button', i => (i.header = { type: 'map' })),
      131009,
      'header',
    ],
    [
      'a header without file',
      wrong('button', i => (i.header = { type: 'image', image: {} })),
      131008,
      'needs one',
    ],
    [
      'a list with a picture',
      wrong('list', i => (i.header = { type: 'image', image: { id: '1' } })),
      131009,
      'header',
    ],
  ]);
});
