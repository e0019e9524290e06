import type { Json } from '../../call';
import type { Row } from '../../refusals';
import { refuses } from '../../refusals';
import { body, button, header, template, text } from '../../templates';

const long = (length: number) => 'é'.repeat(length);

const values: Row[] = [
  ['a line break', 'a\nb', 132018, 'new-line'],
  ['a carriage return', 'a\rb', 132018, 'new-line'],
  ['a tab', 'a\tb', 132018, 'tab'],
  ['five spaces', 'a     b', 132018, '4 consecutive spaces'],
  ['nothing', '', 131008, 'no text value'],
  ['spaces only', '   ', 131008, 'no text value'],
  ['a number', 5, 131009, 'string'],
].flatMap(([story, value, code, details]) =>
  [body, header, (parameter: Json) => button('url', parameter)].map(
    (component): Row => {
      const part = component(text(value));
      const name = `${story} in the ${part.type}`;
      return [name, template(part), Number(code), String(details)];
    },
  ),
);

describe('the values of a template are refused:', () => {
  const named = { ...text('a'), parameter_name: 'a' };
  refuses([
    ...values,
    ['no text', template(body({ type: 'text' })), 131008, 'text'],
    ['no type', template(body({ text: 'a' })), 131008, 'type'],
    ['a long body', template(body(text(long(32769)))), 132005, '32768'],
    [
      'a long body beside a header',
      template(header(text('a')), body(text(long(1025)))),
      132005,
      '1024',
    ],
    [
      'values that are long together beside a button',
      template(
        body(text(long(512)), text(long(513))),
        button('url', text('a')),
      ),
      132005,
      '1024',
    ],
    [
      'a long body of a card',
      template({
        type: 'carousel',
        cards: [{ card_index: 0, components: [body(text(long(1025)))] }],
      }),
      132005,
      '1024',
    ],
    ['a long header', template(header(text(long(61)))), 132005, '60'],
    ['a long URL', template(button('url', text(long(2001)))), 132005, '2000'],
    [
      'a picture in the body',
      template(body({ type: 'image', image: { id: '1' } })),
      132012,
      'type',
    ],
    [
      'money in the header',
      template(header({ type: 'currency' })),
      132012,
      'type',
    ],
    [
      'two offers',
      template({
        type: 'limited_time_offer',
        parameters: Array(2).fill({
          type: 'limited_time_offer',
          limited_time_offer: { expiration_time_ms: 1 },
        }),
      }),
      132000,
      '1 items',
    ],
    ['two headers', template(header(text('a'), text('b'))), 132000, '1 items'],
    ['names and none', template(body(named, text('b'))), 100, 'parameter_name'],
    ['one name twice', template(body(named, named)), 131009, 'unique'],
    ['a property', template(body({ ...text('a'), bold: true })), 100, '"bold"'],
    [
      'a picture without source',
      template(header({ type: 'image', image: {} })),
      131008,
      'needs one',
    ],
    [
      'money without code',
      template(
        body({
          type: 'currency',
          currency: { fallback_value: '1', amount_1000: 1 },
        }),
      ),
      131008,
      'code',
    ],
    [
      'a date with a line break',
      template(
        body({ type: 'date_time', date_time: { fallback_value: '3\nMay' } }),
      ),
      132018,
      'new-line',
    ],
  ]);
});
